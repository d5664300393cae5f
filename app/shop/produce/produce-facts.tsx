import { useLocale, useTranslations } from "use-intl";
import type { PublicListing } from "#app/domain/listings/read-listing.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatGrams } from "#app/i18n/unit-words.ts";
import { closeDots, formatDate, formatFen } from "#app/ui/format.ts";
import { Facts } from "#app/ui/layout.tsx";

export function ProduceFacts({ listing }: { listing: PublicListing }) {
  const t = useTranslations("shop.produce.facts");
  const words = useTranslations("words");
  const locale = useLocale();
  const { cooperative } = listing;
  const aliases = listing.aliases.map((alias) => closeDots(pick(locale, alias.zh, alias.en)));
  return (
    <Facts
      items={[
        [
          t("household", { count: aliases.length }),
          aliases.map((alias) => <p key={alias}>{alias}</p>),
        ],
        [t("cooperative"), pick(locale, cooperative.zh, cooperative.en)],
        [t("harvested"), formatDate(listing.harvestedOn, locale)],
        [t("category"), pick(locale, listing.category.zh, listing.category.en)],
        [t("grade"), words(`grade.${listing.grade}`)],
        [
          t("unit"),
          t("unitWeight", {
            unit: words(`unit.${listing.unit}`),
            weight: formatGrams(listing.unitGrams, locale),
          }),
        ],
        [
          t("freight"),
          t("freightHint", {
            price: formatFen(cooperative.freightFirstFen),
            weight: formatGrams(cooperative.freightFirstGrams, locale),
          }),
        ],
      ]}
    />
  );
}
