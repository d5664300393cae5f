import { useLocale, useTranslations } from "use-intl";
import type { PublicListing } from "#app/domain/listings/read-listing.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatGrams } from "#app/i18n/unit-words.ts";
import { closeDots, formatDate } from "#app/ui/format.ts";
import { Facts } from "#app/ui/layout.tsx";
import { isAhead } from "#app/ui/ships-from.tsx";
import { householdPath } from "../household-path.ts";

export function ProduceFacts({ listing }: { listing: PublicListing }) {
  const t = useTranslations("shop.produce.facts");
  const words = useTranslations("words");
  const locale = useLocale();
  const { cooperative } = listing;
  const shelves = useTranslations("shopShelves");
  const { aliases } = listing;
  return (
    <Facts
      items={[
        [
          t("household", { count: aliases.length }),
          aliases.map((alias) => (
            <a key={alias.page} className="way" href={householdPath(alias.page)}>
              {closeDots(pick(locale, alias.zh, alias.en))}
            </a>
          )),
        ],
        [
          t("cooperative"),
          <a key="cooperative" className="way" href={`/cooperatives/${cooperative.slug}`}>
            {pick(locale, cooperative.zh, cooperative.en)}
          </a>,
        ],
        [
          shelves("cooperative.county"),
          <a key="county" className="way" href={`/counties/${listing.county.code}`}>
            {pick(locale, listing.county.zh, listing.county.en)}
          </a>,
        ],
        [t("harvested"), formatDate(listing.harvestedOn, locale)],
        [
          shelves("ships.label"),
          isAhead(listing.shipsFrom)
            ? shelves("ships.from", { day: formatDate(listing.shipsFrom, locale) })
            : shelves("ships.now"),
        ],
        [t("category"), pick(locale, listing.category.zh, listing.category.en)],
        [t("grade"), words(`grade.${listing.grade}`)],
        [
          t("unit"),
          t("unitWeight", {
            unit: words(`unit.${listing.unit}`),
            weight: formatGrams(listing.unitGrams, locale),
          }),
        ],
      ]}
    />
  );
}
