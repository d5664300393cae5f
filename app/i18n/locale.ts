export const locales = ["zh", "en"] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = "zh";

export function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale);
}

/** Picks the Chinese or the English of a pair of columns; English falls back to Chinese. */
export function pick(locale: Locale, zh: string, en: string): string {
  return locale === "en" && en !== "" ? en : zh;
}
