import { useLocale, useTranslations } from "use-intl";
import type { FilterNames } from "#app/domain/listings/read-filter-names.ts";
import type { FilterName } from "#search/filters.ts";

const FEN_A_YUAN = 100;

/** What each value of each filter is called; a code that has no name is shown as it is. */
export function useFilterWords(names: FilterNames): (name: FilterName, value: string) => string {
  const t = useTranslations("shop.search");
  const words = useTranslations("words");
  const locale = useLocale();
  const called = (list: keyof FilterNames, code: string) =>
    names[list].find((known) => known.code === code)?.name ?? code;
  const written: Record<FilterName, (value: string) => string> = {
    category: (code) => called("categories", code),
    region: (code) => called("regions", code),
    cooperative: (code) => called("cooperatives", code),
    grade: (grade) => words(`grade.${grade}` as "grade.first"),
    certificate: (kind) => words(`certificate.${kind}` as "certificate.green"),
    harvest: (month) =>
      new Intl.DateTimeFormat(locale, { year: "numeric", month: "short", timeZone: "UTC" }).format(
        new Date(`${month}-01`),
      ),
    price: (band) => {
      const [from, to] = band.split("-").map((fen) => Number(fen) / FEN_A_YUAN);
      if (!from) return t("priceUnder", { to: to ?? 0 });
      return to ? t("priceFrom", { from, to }) : t("priceOver", { from });
    },
    ships: (days) => (days === "0" ? t("shipsNow") : t("shipsWithin", { days: Number(days) })),
    stock: () => t("inStock"),
  };
  return (name, value) => written[name](value);
}
