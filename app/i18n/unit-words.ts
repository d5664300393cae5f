import type { Locale } from "./locale.ts";

type Unit = "box-5jin" | "kg" | "bag" | "head";
const GRAMS_PER_KG = 1000;

/** 2500 → "2.5 公斤" or "2.5 kg"; below a kilogram in grams. */
export function formatGrams(grams: number, locale: Locale): string {
  if (grams < GRAMS_PER_KG) return locale === "zh" ? `${grams} 克` : `${grams} g`;
  const kilograms = Number((grams / GRAMS_PER_KG).toFixed(2));
  return locale === "zh" ? `${kilograms} 公斤` : `${kilograms} kg`;
}

/** 12350 → "12.35 公斤" or "12.35 kg", to the gram: what a scale said is not rounded. */
export function formatWeight(grams: number, locale: Locale): string {
  return `${grams / GRAMS_PER_KG} ${locale === "zh" ? "公斤" : "kg"}`;
}

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
