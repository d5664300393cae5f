import { html } from "hono/html";
import { translator } from "#app/i18n/translate.ts";

/** What she was at when the line failed: she wanted to read, to go on filling in, or had sent. */
const KINDS = ["read", "goOn", "sent", "sentTyped"] as const;

/** Where the service worker puts the address that leads on. */
const AGAIN = "%again";

/**
 * The page the service worker answers with when a page of the farm does not come and it has no copy
 * to show: for each language and each kind of failure. It stands alone, for there may be no one
 * signed in; it says of nothing that it has failed for certain, an answer may be lost on its way.
 */
export function noSignalPages(stylesheet: string) {
  const pagesOf = (locale: "zh" | "en") => {
    const t = translator(locale, "farmOffline");
    const pageOf = (kind: (typeof KINDS)[number]) => {
      const again = t(kind.startsWith("sent") ? "noSignal.back" : "noSignal.again");
      const page = html`<!doctype html><html lang="${locale === "zh" ? "zh-CN" : "en"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${t("noSignal.title")}</title><link rel="stylesheet" href="${stylesheet}"></head><body><main class="wrap py-4"><div class="narrow stack" data-no-signal="${kind}"><h1 class="text-2xl">${t("noSignal.title")}</h1><div class="notice tone-persimmon" role="alert"><p>${t(`noSignal.${kind}`)}</p></div><a class="btn w-full" href="${AGAIN}">${again}</a><a class="btn btn-quiet w-full" href="/farm/listings">${t("noSignal.listings")}</a><a class="btn btn-quiet w-full" href="/farm/offline#new">${t("noSignal.another")}</a></div></main></body></html>`;
      return [kind, String(page)];
    };
    return Object.fromEntries(KINDS.map(pageOf)) as Record<string, string>;
  };
  return { zh: pagesOf("zh"), en: pagesOf("en") };
}
