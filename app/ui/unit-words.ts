import { useLocale, useTranslations } from "use-intl";
import { formatGrams } from "./format.ts";

type Unit = "box-5jin" | "kg" | "bag" | "head";

/** Says a sale unit: "5斤箱", or "袋（500 克）" where its weight is not in its name. */
export function useUnitWords(): (unit: string, unitGrams: number) => string {
  const t = useTranslations("words.unit");
  const locale = useLocale();
  return (unit, unitGrams) => {
    const word = t(unit as Unit);
    if (unit === "box-5jin" || unit === "kg") return word;
    const grams = formatGrams(unitGrams, locale);
    return locale === "zh" ? `${word}（${grams}）` : `${word} (${grams})`;
  };
}
