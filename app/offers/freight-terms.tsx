import { useLocale, useTranslations } from "use-intl";
import type { FreightRate, FreightTerms } from "#app/domain/orders/freight.ts";
import type { RegionOption } from "#app/domain/regions/choose-region.ts";
import { type Locale, pick } from "#app/i18n/locale.ts";
import { formatGrams } from "#app/i18n/unit-words.ts";
import { formatFen } from "#app/ui/format.ts";

/** "内蒙古自治区" → "内蒙古": in a list of many the short name is the known one. */
export function provinceName({ nameZh, nameEn }: RegionOption, locale: Locale): string {
  return pick(locale, nameZh.replace(/(壮族|回族|维吾尔)?自治区$|[省市]$/, ""), nameEn);
}

/** A shipping template in words, a line for each thing that it says. */
export function useFreightWords(): (
  terms: FreightTerms,
  provinces: readonly RegionOption[],
) => string[] {
  const t = useTranslations("freight.terms");
  const locale = useLocale();
  const rateOf = (rate: FreightRate) =>
    t("base", {
      first: formatGrams(rate.firstGrams, locale),
      firstPrice: formatFen(rate.firstFen),
      added: formatGrams(rate.addedGrams, locale),
      addedPrice: formatFen(rate.addedFen),
    });
  return (terms, provinces) => {
    const names = (codes: readonly string[]) =>
      provinces
        .filter(({ code }) => codes.includes(code.slice(0, 2)))
        .map((province) => provinceName(province, locale))
        .join(t("comma"));
    const served = (codes: readonly string[]) =>
      names(codes.filter((code) => !terms.unservedProvinces.includes(code)));
    const groups = terms.groups.flatMap((group) => {
      const to = served(group.provinces);
      return to === "" ? [] : [t("to", { provinces: to, rate: rateOf(group) })];
    });
    const remote = terms.remoteFen > 0 ? served(terms.remoteProvinces) : "";
    const hasOwn = String(terms.remoteProvinces.includes(terms.regionCode.slice(0, 2)));
    const unserved = names(terms.unservedProvinces);
    return [
      groups.length === 0 ? rateOf(terms) : t("others", { rate: rateOf(terms) }),
      ...groups,
      ...(remote === ""
        ? []
        : [t("remote", { provinces: remote, price: formatFen(terms.remoteFen), hasOwn })]),
      ...(terms.freeFromFen === null
        ? []
        : [t("free", { price: formatFen(terms.freeFromFen), isRemote: String(remote !== "") })]),
      ...(unserved === "" ? [] : [t("unserved", { provinces: unserved })]),
    ];
  };
}

/** The lines of a template, one under another. */
export function FreightLines({
  terms,
  provinces,
}: {
  terms: FreightTerms;
  provinces: readonly RegionOption[];
}) {
  const lines = useFreightWords()(terms, provinces);
  return (
    <ul className="space-y-1">
      {lines.map((line) => (
        <li key={line} className="wrap-break-word">
          {line}
        </li>
      ))}
    </ul>
  );
}
