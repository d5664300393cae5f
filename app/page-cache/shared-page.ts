import { defaultLocale, isLocale, type Locale } from "#app/i18n/locale.ts";
import { readAsked, searchFields, searchHref } from "#app/shop/search/asked.ts";

/** What a page tells of, and so whose news make it old and how long it lives without any. */
export type About = "shelves" | "stock" | "ledger";

/** A page that is the same for all, or for all who come without anything of their own. */
export type SharedPage = {
  key: string;
  about: About;
  /** Asked for with words of somebody's own: there are as many of these as anybody likes. */
  isOfWords: boolean;
  /** The address in the one way it is written, however it was asked for. */
  href: string;
  /** The cookies that the page may depend on, written anew. */
  cookie: string;
};

export type Asking = {
  method: string | undefined;
  /** Path and query, as they came over the line. */
  target: string;
  host: string | undefined;
  cookie: string | undefined;
  authorization: string | undefined;
};

const PRODUCE = /^\/produce\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Of stock it says nothing: it is as old as the news of its listing. */
const REVIEWS = /^\/produce\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/reviews$/;
const SHELF = /^\/(categories|counties|cooperatives|households)\/[a-z0-9-]{1,80}$/;

/**
 * The shared page that a request asks for; null where its answer might be anybody's own. Shelves,
 * searches and the ledger read nothing of who asks but her language and size of type, so they are the
 * same for a buyer with a session and a cart; they are drawn for a request that has neither
 * (answer-pages.ts), so nothing of hers could get in. A listing's form has a key of its own for
 * whoever has a cart (form-key.ts): there a cookie that is not known to change only language or type
 * means a page drawn for her alone.
 */
export function sharedPageOf(asking: Asking): SharedPage | null {
  const { method, target, host, cookie, authorization } = asking;
  if ((method !== "GET" && method !== "HEAD") || !host || authorization !== undefined) return null;
  const place = placeOf(target);
  if (!place) return null;
  const { locale, isEasy, hasOwn } = tasteOf(cookie);
  if (hasOwn && place.about === "stock") return null;
  return {
    ...place,
    key: `${locale} ${isEasy ? "easy" : "full"} ${host.toLowerCase()} ${place.href}`,
    cookie: `lang=${locale}${isEasy ? "; farm-mode=easy" : ""}`,
  };
}

type Place = Pick<SharedPage, "about" | "isOfWords" | "href">;

/** Queries that a page does not know are left to the page: they may mean something one day. */
function placeOf(target: string): Place | null {
  if (target === "/" || SHELF.test(target) || REVIEWS.test(target)) {
    return { about: "shelves", isOfWords: false, href: target };
  }
  if (target === "/ledger") return { about: "ledger", isOfWords: false, href: "/ledger" };
  if (PRODUCE.test(target)) return { about: "stock", isOfWords: false, href: target };
  if (target !== "/search" && !target.startsWith("/search?")) return null;
  const url = new URL(target, "http://market");
  if ([...url.searchParams.keys()].some((name) => !searchFields.includes(name))) return null;
  const asked = readAsked(url);
  return { about: "shelves", isOfWords: asked.text !== "", href: searchHref(asked, asked) };
}

/** How she wants pages to be, and whether she brings anything else: a session, a cart, something yet to come. */
function tasteOf(cookie: string | undefined) {
  const taste = { locale: defaultLocale as Locale, isEasy: false, hasOwn: false };
  for (const pair of cookie?.split(";") ?? []) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === "lang" && isLocale(value)) taste.locale = value;
    else if (name === "farm-mode" && value === "easy") taste.isEasy = true;
    else taste.hasOwn = true;
  }
  return taste;
}
