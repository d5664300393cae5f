import { useLocale, useTranslations } from "use-intl";
import type { Locale } from "#app/i18n/locale.ts";
import { formatGrams } from "./format.ts";

type Unit = "box-5jin" | "kg" | "bag" | "head";

/** Says a sale unit: "5斤箱", or "袋（500 克）" where its weight is not in its name. */
export function unitWords(
  wordOf: (unit: Unit) => string,
  locale: Locale,
): (unit: string, unitGrams: number) => string {
  return (unit, unitGrams) => {
    const word = wordOf(unit as Unit);
    if (unit === "box-5jin" || unit === "kg") return word;
    const grams = formatGrams(unitGrams, locale);
    return locale === "zh" ? `${word}（${grams}）` : `${word} (${grams})`;
  };
}

export function useUnitWords(): (unit: string, unitGrams: number) => string {
  return unitWords(useTranslations("words.unit"), useLocale());
}
