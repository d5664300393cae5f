import { isLocale, type Locale } from "./locale.ts";

const A_YEAR = 365 * 24 * 60 * 60;

/** The cookie by which a browser keeps its language for a year. */
export function localeCookie(locale: Locale, publicUrl: string): string {
  const secure = publicUrl.startsWith("https://") ? "; Secure" : "";
  return `lang=${locale}; Path=/; Max-Age=${A_YEAR}; HttpOnly; SameSite=Lax${secure}`;
}

/**
 * Takes up the language that a form's language button asks for: for the answer to this very
 * request, so that what was typed comes back in it, and for the browser. False when none was asked.
 */
export function switchLocale(
  context: { locale: Locale; publicUrl: string; setCookie(cookie: string): void },
  chosen: unknown,
): boolean {
  if (!isLocale(chosen)) return false;
  context.locale = chosen;
  context.setCookie(localeCookie(chosen, context.publicUrl));
  return true;
}
