import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { validate as isUuid } from "uuid";
import { requireHousehold } from "#app/account/guards.ts";
import { type OwnListing, readOwnListing } from "#app/domain/listings/read-own-listings.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { fenPerJin, formatDate } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Money, PerJin } from "#app/ui/money.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { StatusBadge } from "./status-badge.tsx";

export const handle = { area: "farm" };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const id = params.id ?? "";
  const listing = isUuid(id) ? await readOwnListing(context.db, scope, id) : undefined;
  if (!listing) throw new Response("Not found", { status: 404 });
  const done = new URL(request.url).searchParams.get("done");
  return { title: pick(context.locale, listing.titleZh, listing.titleEn), listing, done };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

function DoneNotice({ done, status }: { done: string | null; status: OwnListing["status"] }) {
  const t = useTranslations("farm.listing");
  const words = useTranslations("words.listingStatus");
  if (done === "published") {
    return (
      <Notice title={t("thanks")} role="status">
        {t("thanksBody")}
      </Notice>
    );
  }
  if (done === "twin") return <Notice role="status">{t("twin")}</Notice>;
  if (done === "changed")
    return <Notice role="status">{t("changed", { status: words(status) })}</Notice>;
  if (done === "over") {
    return (
      <Notice tone="red" role="alert">
        {t("over")}
      </Notice>
    );
  }
  return null;
}

function Changes({ id, status }: Pick<OwnListing, "id" | "status">) {
  const t = useTranslations("farm.listing");
  if (status === "withdrawn") return null;
  const isPaused = status === "paused";
  return (
    <>
      <form method="post" action={`/farm/listings/${id}/${isPaused ? "resumption" : "pause"}`}>
        <Button variant={isPaused ? "primary" : "quiet"} wide>
          {t(isPaused ? "resume" : "pause")}
        </Button>
      </form>
      <details>
        <summary className="min-h-11 py-2">{t("withdrawAsk")}</summary>
        <form method="post" action={`/farm/listings/${id}/withdrawal`} className="stack">
          <p>{t("withdrawBody")}</p>
          <Button variant="danger" wide>
            {t("withdraw")}
          </Button>
        </form>
      </details>
    </>
  );
}

function ListingFacts({ listing }: { listing: OwnListing }) {
  const t = useTranslations("farm");
  const words = useTranslations("words");
  const unitWords = useUnitWords();
  const locale = useLocale();
  const items = [
    [t("listing.state"), <StatusBadge key="state" status={listing.status} />],
    [
      t("listing.price"),
      <span key="price">
        <Money fen={listing.priceFen} /> / {unitWords(listing.unit, listing.unitGrams)}{" "}
        <PerJin fenPerJin={fenPerJin(listing.priceFen, listing.unitGrams)} />
      </span>,
    ],
    [t("listings.available"), listing.available],
    [t("listings.sold"), listing.sold],
    [t("listings.held"), listing.held],
    [t("listing.in"), listing.quantityIn],
    [t("listing.grade"), words(`grade.${listing.grade}`)],
    [t("listing.harvest"), formatDate(listing.harvestedOn, locale)],
  ] as const;
  return <Facts items={items} />;
}

export default function OwnListingPage() {
  const { title, listing, done } = useLoaderData<typeof loader>();
  const t = useTranslations("farm.listing");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/farm/listings", label: t("back") }}>{title}</PageTitle>
      <DoneNotice done={done} status={listing.status} />
      <ul className="gallery">
        {listing.photos.map((photo, index) => (
          <li key={photo.id}>
            <Picture
              photo={photo}
              alt={title}
              sizes={
                index === 0 ? "(min-width: 38rem) 36rem, 92vw" : "(min-width: 38rem) 9rem, 23vw"
              }
              waitingText={t("waiting")}
              eager={index === 0}
              className="rounded-xl"
            />
          </li>
        ))}
      </ul>
      <Card>
        <ListingFacts listing={listing} />
        {listing.status === "published" && (
          <ButtonLink href={`/produce/${listing.id}`} variant="quiet" wide>
            {t("public")}
          </ButtonLink>
        )}
        <Changes id={listing.id} status={listing.status} />
      </Card>
    </div>
  );
}
