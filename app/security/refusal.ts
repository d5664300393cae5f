import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { html, raw } from "hono/html";
import { defaultLocale, isLocale, type Locale, locales } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { isEasyMode } from "#app/ui/easy-mode.ts";
import { isChanging } from "./changing.ts";

const reasonOf = {
  401: "signedOut",
  403: "foreign",
  413: "tooLarge",
  429: "busy",
  500: "broken",
  503: "away",
} as const;

/** What a route without a page of its own answered, in the words that the pages have for it. */
const bareReasonOf = {
  400: "unread",
  403: "forbidden",
  404: "notFound",
  405: "notFound",
  409: "otherHousehold",
  410: "notFound",
} as const;
type Bare = keyof typeof bareReasonOf;
type Status = keyof typeof reasonOf | Bare;
type Reason = (typeof reasonOf)[keyof typeof reasonOf] | (typeof bareReasonOf)[Bare] | "notHers";

/**
 * Whether a browser that asked for a page was answered with a status and next to no words, as routes
 * do that have no page. A script does not ask for HTML and is answered as it is.
 */
export function isBare(c: Context, response: Response): boolean {
  const isWritten = /html|json/.test(response.headers.get("content-type") ?? "");
  const asksForPage = c.req.header("accept")?.includes("text/html") ?? false;
  return response.status in bareReasonOf && !isWritten && asksForPage;
}

/** The page in place of such an answer. Two who share a phone are told that it may be the other's. */
export function bareAnswer(c: Context, status: number): Response | Promise<Response> {
  const isSellers = /^\/(farm|coop)\//.test(c.req.path);
  const isGone = status === 404 && isSellers && isChanging(c.req);
  return refusal(c, status as Bare, {}, isGone ? "notHers" : bareReasonOf[status as Bare]);
}

/** Leads from the sign-in back to the page whose form was sent. */
function signInPath(c: Context): string {
  const from = c.req.header("referer");
  const url = from && URL.canParse(from) ? new URL(from) : null;
  const to = url && url.host === c.req.header("host") ? url.pathname + url.search : "/account";
  return `/sign-in?${new URLSearchParams({ to })}`;
}

/** The farm's pages and those of her account come in the easy mode where she has chosen it. */
const KNOW_EASY = /^\/(farm|account|sign-in|sign-out|join|consent)(\/|$)/;

const OTHERS: readonly Reason[] = ["forbidden", "otherHousehold", "notHers"];

function wayOn(c: Context, status: number, isUnsent: boolean, why?: Reason) {
  if (why && OTHERS.includes(why)) return { href: "/account", word: "signOut" } as const;
  if (status === 401) return { href: signInPath(c), word: "signIn" } as const;
  if (status !== 503 || isUnsent) return { href: "/", word: "home" } as const;
  const { pathname, search } = new URL(c.req.url);
  return { href: pathname + search, word: "reload" } as const;
}

/**
 * The page of a request that is turned away at the gate, in the reader's language. It is sent
 * before any of the pages' machinery runs, or where that could not do without the database, so it
 * stands on its own. Where she has to leave the page and come back to what she typed, both
 * languages say how: a language button would lead further away from it.
 */
export function refusal(
  c: Context,
  status: Status,
  headers: Record<string, string> = {},
  why?: Reason,
): Response | Promise<Response> {
  const chosen = getCookie(c, "lang");
  const locale = isLocale(chosen) ? chosen : defaultLocale;
  const t = translator(locale, "chrome");
  const isUnsent = status === 503 && isChanging(c.req);
  const reason = isUnsent ? "unsent" : (why ?? reasonOf[status as keyof typeof reasonOf]);
  const tag = (of: Locale) => (of === "zh" ? "zh-CN" : "en");
  const others = status === 401 || isUnsent ? locales.filter((other) => other !== locale) : [];
  const next = wayOn(c, status, isUnsent, why);
  const isEasy = KNOW_EASY.test(c.req.path) && isEasyMode(c.req.raw.headers);
  const voice = translator(locale, "farmEarnings");
  const aloud = html` data-read-text="${voice("aloud.read")}" data-stop-text="${voice("aloud.stop")}"
    data-fail-text="${voice("aloud.failed")}"`;
  const page = html`<!doctype html>
    <html lang="${tag(locale)}"${isEasy ? raw(' data-mode="easy"') : ""}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="stylesheet" href="/plain.css" />
        ${isEasy ? raw('<script src="/enhance/read-aloud.js" defer></script>') : ""}
        <title>${t(`error.${reason}Title`)} · ${t("brand")}</title>
      </head>
      <body>
        <main${isEasy ? aloud : ""}>
          <h1>${t(`error.${reason}Title`)}</h1>
          <p>${t(`error.${reason}Body`)}</p>
          ${others.map((other) => {
            const say = translator(other, "chrome");
            // In the other language, for which this page has no voice.
            return html`<section lang="${tag(other)}" data-unread>
              <h2>${say(`error.${reason}Title`)}</h2>
              <p>${say(`error.${reason}Body`)}</p>
            </section>`;
          })}
          <p>
            ${
              // Beside this page, so that one step back leads to what was typed.
              html`<a href="${next.href}"${status === 401 ? raw(' target="_blank"') : ""}
                >${t(`error.${next.word}`)}</a
              >`
            }
          </p>
        </main>
      </body>
    </html>`;
  return c.html(page, status, { ...headers, "Cache-Control": "no-store" });
}
