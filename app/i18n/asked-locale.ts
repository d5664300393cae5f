import { isLocale, type Locale } from "./locale.ts";

const NAME = "lang";

/** The language that an address itself asks for: "/produce/…?lang=en", as search engines keep it. */
export function localeInUrl(url: string): Locale | null {
  const asked = new URL(url).searchParams.get(NAME);
  return isLocale(asked) ? asked : null;
}

/** The address without it: whoever chooses a language by the button must not be asked back. */
export function withoutLocale({ pathname, search, searchParams }: URL): string {
  if (!searchParams.has(NAME)) return pathname + search;
  const kept = new URLSearchParams(searchParams);
  kept.delete(NAME);
  return kept.size > 0 ? `${pathname}?${kept}` : pathname;
}
