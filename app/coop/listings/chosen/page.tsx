import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { requireCoop } from "#app/account/guards.ts";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { type CoopListing, readChosenListings } from "#app/domain/consents/read-coop-listings.ts";
import { changeChosen } from "#app/domain/listings/change-chosen.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { ListingTable } from "../listing-table.tsx";
import { PriceForm } from "./price-form.tsx";
import { readAsked } from "./read-chosen.ts";
import { StateAnswer, StateForm } from "./state-form.tsx";
import { StockForm } from "./stock-form.tsx";
import { takePrice } from "./take-price.ts";
import { takeStock } from "./take-stock.ts";

export const handle = { area: "coop" };

/** What is about to be done with which listings; nothing changes yet. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const { deed, listingIds } = readAsked(request);
  const t = translator(context.locale, "chosen");
  return {
    title: t(deed ? `listings.${deed}` : "listings.title"),
    deed,
    listings: await readChosenListings(context.db, scope, listingIds),
    clientKey: uuidv7(),
    today: shanghaiDay(new Date()),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const { deed, listingIds } = readAsked(request);
  if (deed === "price") return takePrice({ request, context, scope, listingIds });
  if (deed === "restock") return takeStock({ request, context, scope, listingIds });
  if (deed === null) throw new Response(null, { status: 400 });
  const outcomes = await changeChosen(context.db, scope, { listingIds, event: deed });
  // Of what is not there nobody is told more than that.
  return { outcomes: [...outcomes], errors: {}, values: {} };
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function ChosenListings() {
  const { title, deed, listings: found, clientKey, today } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useTranslations("chosen");
  const listings = found as unknown as CoopListing[];
  const outcomes = sent && "outcomes" in sent ? new Map(sent.outcomes) : null;
  const refused = sent && !("outcomes" in sent) ? sent : { errors: {}, values: {} };
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/listings", label: t("listings.back") }}>{title}</PageTitle>
      {listings.length === 0 || deed === null ? (
        <EmptyState title={t("listings.none")}>
          <ButtonLink href="/coop/listings">{t("listings.back")}</ButtonLink>
        </EmptyState>
      ) : (
        <>
          <p>{t("listings.count", { count: listings.length })}</p>
          {outcomes && (deed === "pause" || deed === "resume") && (
            <StateAnswer {...{ deed, listings, outcomes }} />
          )}
          {!outcomes && (deed === "pause" || deed === "resume") && (
            <StateForm {...{ deed, listings }} />
          )}
          {deed === "price" && <PriceForm clientKey={clientKey} {...refused} />}
          {deed === "restock" && <StockForm {...{ listings, clientKey, today, ...refused }} />}
          {!outcomes && deed !== "restock" && <ListingTable rows={listings} />}
        </>
      )}
    </div>
  );
}
