import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { type AskedConsent, readAskedConsent } from "#app/domain/consents/read-coop-listings.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { pick } from "#app/i18n/locale.ts";
import { DoneNotice } from "#app/offers/done-notice.tsx";
import { ListingFacts } from "#app/offers/listing-facts.tsx";
import { PhotoGallery } from "#app/offers/photo-gallery.tsx";
import { Running, SoldOutNotice } from "#app/offers/running.tsx";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { ConsentState } from "./consent-state.tsx";
import { CannotAsk, HowTold } from "./how-told.tsx";
import { coopDesk, openListed } from "./open-listing.ts";

/** Here keep-typed.js hears that what was typed has arrived. */
export const handle = { area: "coop", enhance: ["photo-shelf", "kept-words", "keep-typed"] };

export async function loader(args: LoaderFunctionArgs) {
  const { coop, household, listing, isDraft } = await openListed(args);
  const { db, locale } = args.context;
  return {
    title: pick(locale, listing.titleZh, listing.titleEn),
    done: new URL(args.request.url).searchParams.get("done"),
    consent: isDraft ? await readAskedConsent(db, coop, listing.id) : null,
    ...{ household, listing, formKey: uuidv7() },
  };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

/** What became of asking the household, and what can be done while it is asked. */
function Asked({ id, householdId, consent }: AskedProps) {
  const t = useTranslations("consent.one");
  return (
    <Card title={t("question")}>
      <p>
        <ConsentState consent={consent} />
      </p>
      {!consent.hasPhone && <CannotAsk />}
      {consent.answer === null ? (
        <>
          <ButtonLink href={`${coopDesk.path(id)}/mend`} wide>
            {t("mend")}
          </ButtonLink>
          <details>
            <summary className="min-h-11 py-2">{t("withdrawAsk")}</summary>
            <form method="post" action={`${coopDesk.path(id)}/withdrawal`} className="stack">
              <p>{t("withdrawBody")}</p>
              <Button variant="danger" wide>
                {t("withdraw")}
              </Button>
            </form>
          </details>
        </>
      ) : (
        <ButtonLink href={`/coop/listings/new/${householdId}/${id}`} variant="quiet" wide>
          {t("again")}
        </ButtonLink>
      )}
    </Card>
  );
}
type AskedProps = { id: string; householdId: string; consent: AskedConsent };

const ASKED_DONE = {
  "taken-back": "takenBack",
  mended: "mended",
  "asked-already": "askedAlready",
  "same-draft": "same",
  answered: "answered",
} as const;

export default function HouseholdsListing() {
  const {
    title,
    done,
    household,
    listing: loaded,
    consent,
    formKey,
  } = useLoaderData<typeof loader>();
  const t = useTranslations("consent.one");
  const farm = useTranslations("farm.listing");
  const certificates = useTranslations("certificates");
  const locale = useLocale();
  const listing = loaded as unknown as OwnListing;
  const asked = consent as unknown as AskedConsent | null;
  const said = ASKED_DONE[done as keyof typeof ASKED_DONE];
  const alias = pick(locale, household.aliasZh, household.aliasEn);
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/coop/listings", label: t("back") }}>{title}</PageTitle>
      {said && <Notice role="status">{t(said)}</Notice>}
      <p>{t("household", { name: household.headName, alias })}</p>
      {!asked && <DoneNotice done={done} listing={listing} />}
      {!asked && <SoldOutNotice desk={coopDesk} listing={listing} />}
      <PhotoGallery photos={listing.photos} alt={t("photo", { title })} />
      <Card>
        <ListingFacts listing={listing} isDraft={asked !== null} />
        {!asked && (
          <ButtonLink href={`${coopDesk.path(listing.id)}/certificates`} variant="quiet" wide>
            {certificates("manage")}
          </ButtonLink>
        )}
        {listing.status === "published" && (
          <ButtonLink href={`/produce/${listing.id}`} variant="quiet" wide>
            {farm("public")}
          </ButtonLink>
        )}
      </Card>
      {asked ? (
        <Asked id={listing.id} householdId={household.id} consent={asked} />
      ) : (
        <>
          {listing.status !== "withdrawn" && <HowTold hasPhone={household.hasPhone} />}
          <Running desk={coopDesk} listing={listing} formKey={formKey} />
          {listing.status === "withdrawn" && (
            <ButtonLink
              href={`/coop/listings/new/${household.id}/${listing.id}`}
              variant="quiet"
              wide
            >
              {t("askAnew")}
            </ButtonLink>
          )}
        </>
      )}
    </div>
  );
}
