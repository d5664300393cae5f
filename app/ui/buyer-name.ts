import { type Locale, pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";

/** All that is shown of who wrote a review: "成都的买家". */
export function buyerName(place: { zh: string; en: string } | null, locale: Locale): string {
  const t = translator(locale, "reviews");
  if (!place) return t("byNobody");
  return t("by", { place: pick(locale, place.zh.replace(/(?<=..)[市省]$/, ""), place.en) });
}
