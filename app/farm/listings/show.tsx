import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { pick } from "#app/i18n/locale.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { fenPerJin, formatDate } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Money, PerJin } from "#app/ui/money.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { openListing } from "./open-listing.ts";
import { Running, SoldOutNotice } from "./running.tsx";
import { StatusBadge } from "./status-badge.tsx";

export const handle = { area: "farm", enhance: ["photo-shelf", "keep-typed"] };

export async function loader(args: LoaderFunctionArgs) {
  const { listing } = await openListing(args);
  const done = new URL(args.request.url).searchParams.get("done");
  const title = pick(args.context.locale, listing.titleZh, listing.titleEn);
  return { title, listing, done, formKey: uuidv7() };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

function DoneNotice({ done, listing }: { done: string | null; listing: OwnListing }) {
  const t = useTranslations("farm.listing");
  const run = useTranslations("farmListing");
  const words = useTranslations("words.listingStatus");
  if (done === "published") {
    return (
      <Notice title={t("thanks")} role="status">
        {t("thanksBody")}
      </Notice>
    );
  }
  const { available } = listing;
  if (done === "edited") return <Notice role="status">{run("done.edited")}</Notice>;
  if (done === "same") return <Notice role="status">{run("done.same")}</Notice>;
  if (done === "restocked")
    return <Notice role="status">{run("done.restocked", { available })}</Notice>;
  if (done === "sold-out") return <Notice role="status">{run("done.soldOut")}</Notice>;
  if (done === "too-many-drafts") {
    return (
      <Notice tone="red" role="alert">
        {run("run.tooManyDrafts")}
      </Notice>
    );
  }
  if (done === "twin") return <Notice role="status">{t("twin")}</Notice>;
  if (done === "changed")
    return <Notice role="status">{t("changed", { status: words(listing.status) })}</Notice>;
  if (done === "over") {
    return (
      <Notice tone="red" role="alert">
        {t("over")}
      </Notice>
    );
  }
  return null;
}

function ListingFacts({ listing }: { listing: OwnListing }) {
  const t = useTranslations("farm");
  const run = useTranslations("farmListing.run");
  const words = useTranslations("words");
  const unitWords = useUnitWords();
  const locale = useLocale();
  const { shipsFrom, presaleLimit: limit } = listing;
  const presale =
    shipsFrom === null || limit === null
      ? []
      : [
          [
            run("presale"),
            run("presaleFrom", { day: formatDate(shipsFrom, locale), limit }),
          ] as const,
        ];
  const items = [
    [t("listing.state"), <StatusBadge key="state" listing={listing} />],
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
    ...(listing.takenOut > 0 ? [[run("takenOut"), listing.takenOut] as const] : []),
    [t("listing.grade"), words(`grade.${listing.grade}`)],
    [t("listing.harvest"), formatDate(listing.harvestedOn, locale)],
    ...presale,
  ] as const;
  return <Facts items={items} />;
}

export default function OwnListingPage() {
  const { title, listing, done, formKey } = useLoaderData<typeof loader>();
  const t = useTranslations("farm.listing");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/farm/listings", label: t("back") }}>{title}</PageTitle>
      <DoneNotice done={done} listing={listing} />
      <SoldOutNotice listing={listing} />
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
      </Card>
      <Running listing={listing} formKey={formKey} />
    </div>
  );
}
