import { html } from "hono/html";
import { translator } from "#app/i18n/translate.ts";

/** What she was at when the line failed: she wanted to read, to go on filling in, or had sent. */
const KINDS = ["read", "goOn", "sent", "sentTyped"] as const;
/** Of a draft she can go on in the form that needs no signal, with all that the phone has of it. */
const OF_DRAFT = { goOnDraft: "goOn", sentTypedDraft: "sentTyped" } as const;
type Kind = (typeof KINDS)[number] | keyof typeof OF_DRAFT;

/** Where the service worker puts the id of the draft. */
const DRAFT = "%draft";

/** Where the service worker puts the address that leads on. */
const AGAIN = "%again";

/** Where the service worker puts the ways on that the phone can show, or what to do. */
const WAYS = "%ways";

/** Where the service worker puts what the easy mode adds: a mark on the page, its sheet and its voice. */
const MARK = "%mark";
const EASY = "%easy";

/** The files that draw the page, and those that the easy mode adds; the phone keeps all of them. */
type Files = { sheets: readonly string[]; easySheet: string; voice: string };

const sheet = (href: string) => html`<link rel="stylesheet" href="${href}">`;

/**
 * The page the service worker answers with when a page of the farm does not come and it has no copy
 * to show: for each language and each kind of failure. It stands alone, for there may be no one
 * signed in; it says of nothing that it has failed for certain, an answer may be lost on its way.
 * Beside the pages stand the `listings` and `another` that lead to what the phone may have kept, and
 * what to do where it has not kept the form (`notKept`): a link to this very page would be none; and
 * that listings wait in the phone (`waiting`), where none of them may be shown.
 * `easy` is what makes any of them one of the easy mode.
 */
export function noSignalPages({ sheets, easySheet, voice }: Files) {
  const pagesOf = (locale: "zh" | "en") => {
    const t = translator(locale, "farmOffline");
    const aloud = translator(locale, "farmEarnings");
    const wayOn = html`<a class="btn w-full" href="/farm/offline#draft=${DRAFT}">${t("draft.goOn")}</a>`;
    const pageOf = (kind: Kind) => {
      const isDraft = kind in OF_DRAFT;
      const first = isDraft ? wayOn : "";
      const base = isDraft ? OF_DRAFT[kind as keyof typeof OF_DRAFT] : kind;
      const again = t(kind.startsWith("sent") ? "noSignal.back" : "noSignal.again");
      const page = html`<!doctype html><html lang="${locale === "zh" ? "zh-CN" : "en"}"${MARK}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${t("noSignal.title")}</title>${sheets.map(sheet)}${EASY}</head><body><main class="wrap py-4" data-read-text="${aloud("aloud.read")}" data-stop-text="${aloud("aloud.stop")}" data-fail-text="${aloud("aloud.failed")}"><div class="narrow stack" data-no-signal="${base}"><h1 class="text-2xl">${t("noSignal.title")}</h1><div class="notice tone-persimmon" role="alert"><p>${t(`noSignal.${kind}`)}</p></div>${first}<a class="btn ${isDraft ? "btn-quiet " : ""}w-full" href="${AGAIN}">${again}</a>${WAYS}</div></main></body></html>`;
      return [kind, String(page)];
    };
    const kinds: Kind[] = [...KINDS, ...(Object.keys(OF_DRAFT) as Kind[])];
    const linkTo = (path: string, words: string) =>
      String(html`<a class="btn btn-quiet w-full" href="${path}">${words}</a>`);
    return {
      ...(Object.fromEntries(kinds.map(pageOf)) as Record<string, string>),
      listings: linkTo("/farm/listings", t("noSignal.listings")),
      another: linkTo("/farm/offline#new", t("noSignal.another")),
      waiting: String(
        html`<p class="notice tone-persimmon" data-waiting-offers="">${t("waitingOffers", { count: "{count}" })}</p>`,
      ),
      notKept: String(html`<p data-not-kept="">${t("noSignal.notKept")}</p>`),
    };
  };
  const easy = {
    mark: ' data-mode="easy"',
    head: String(html`${sheet(easySheet)}<script src="${voice}" defer></script>`),
  };
  return { zh: pagesOf("zh"), en: pagesOf("en"), easy };
}
