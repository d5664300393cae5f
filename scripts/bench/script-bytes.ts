import type { Measured } from "./figures.ts";
import { type Browser, expectStatus, openBrowser } from "./market/browser.ts";
import type { Market } from "./market/open.ts";
import { keptScripts, scriptsOf } from "./script-bytes/scripts-of.ts";
import { type Shown, walkListing, walkShop } from "./script-bytes/walk-pages.ts";

const SHOP_BYTES = 10_000;
const LISTING_BYTES = 30_000;
/** Every farm page asks for it: no-signal.js. */
const SERVICE_WORKER = "/farm/sw.js";

/** Compressed bytes of all scripts of a page, against what its reader's line bears; the worst page. */
export async function scriptBytes({ url }: Pick<Market, "url">): Promise<Measured> {
  const browser = openBrowser(url, undefined);
  try {
    const weigh = scale(browser);
    const serviceWorker = expectStatus(await browser.get(SERVICE_WORKER), 200, SERVICE_WORKER);
    const forNoSignal = [SERVICE_WORKER, ...keptScripts(serviceWorker.text())];
    const shop = await weighPages(await walkShop(url), [], weigh);
    const listing = await weighPages(await walkListing(url), forNoSignal, weigh);
    return {
      value: Math.max(worstOf(shop) / SHOP_BYTES, worstOf(listing) / LISTING_BYTES),
      detail: {
        first: "compressed bytes of all scripts of a page, as the server sends them",
        second: `${SHOP_BYTES} bytes for a page of the shop or the sign-in, ${LISTING_BYTES} for one of the farmer's listing, in the easy mode, with the service worker and every script it keeps`,
        shop,
        listing,
      },
    };
  } finally {
    browser.close();
  }
}

const worstOf = (pages: Record<string, number>) => Math.max(...Object.values(pages));

/** Bytes of a script as they come over the line; each is asked for once. */
function scale(browser: Browser): (path: string) => Promise<number> {
  const known = new Map<string, number>();
  return async (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const { bytes } = expectStatus(await browser.get(path), 200, path);
    known.set(path, bytes);
    return bytes;
  };
}

/** Bytes of the scripts of each page, and of those that come with all of them. */
async function weighPages(
  pages: readonly Shown[],
  withAll: readonly string[],
  weigh: (path: string) => Promise<number>,
): Promise<Record<string, number>> {
  const weighed: Record<string, number> = {};
  for (const { name, html } of pages) {
    const { sources, inlineBytes } = scriptsOf(html);
    let bytes = inlineBytes;
    for (const path of new Set([...sources, ...withAll])) bytes += await weigh(path);
    weighed[name] = bytes;
  }
  return weighed;
}
