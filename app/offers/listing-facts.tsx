import { useLocale, useTranslations } from "use-intl";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { fenPerJin, formatDate } from "#app/ui/format.ts";
import { Facts } from "#app/ui/layout.tsx";
import { Money, PerJin } from "#app/ui/money.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { StatusBadge } from "./status-badge.tsx";

/** What a listing says and, once it is on sale, where its quantity is now. */
export function ListingFacts({ listing, isDraft }: { listing: OwnListing; isDraft?: boolean }) {
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
    ...(isDraft
      ? []
      : [[t("listing.state"), <StatusBadge key="state" listing={listing} />] as const]),
    [
      t("listing.price"),
      <span key="price">
        <Money fen={listing.priceFen} /> / {unitWords(listing.unit, listing.unitGrams)}{" "}
        <PerJin fenPerJin={fenPerJin(listing.priceFen, listing.unitGrams)} />
      </span>,
    ],
    ...(isDraft
      ? []
      : [
          [t("listings.available"), listing.available] as const,
          [t("listings.sold"), listing.sold] as const,
          [t("listings.held"), listing.held] as const,
        ]),
    [t("listing.in"), listing.quantityIn],
    ...(listing.takenOut > 0 ? [[run("takenOut"), listing.takenOut] as const] : []),
    [t("listing.grade"), words(`grade.${listing.grade}`)],
    [t("listing.harvest"), formatDate(listing.harvestedOn, locale)],
    ...presale,
  ] as const;
  return <Facts items={items} />;
}
