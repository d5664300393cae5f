import { defaultLocale, type Locale } from "#app/i18n/locale.ts";

/** A page's own address in a language: Chinese has none besides the page's, English says it. */
export function addressIn(locale: Locale, path: string): string {
  if (locale === defaultLocale) return path;
  return `${path}${path.includes("?") ? "&" : "?"}lang=${locale}`;
}
