import { type Chromium, startChromium } from "./browser/chromium.ts";
import { largestPaint } from "./browser/largest-paint.ts";
import { floorMs, LINE, type Painted } from "./browser/line-floor.ts";
import type { Measured } from "./figures.ts";
import type { Market } from "./market/open.ts";
import { median } from "./pairs.ts";

/** A cheap phone of these years: 720 × 1600 dots, a sixth as fast as a desk's computer. */
const PHONE = { width: 360, height: 740, deviceScaleFactor: 2, mobile: true };
const SLOWER = 6;
/** Pictures below the fold are lazy and none is larger: what is painted a second after loading is it. */
const SETTLED_MS = 1_000;

type Shown = Painted & { lcpMs: number };

/** When the largest thing of a page is there on a 2G line, against what the line alone takes. */
export async function lcp2g(market: Market): Promise<Measured> {
  const { url, isQuick } = market;
  const browser = await startChromium(market);
  const home = await (await fetch(url)).text();
  const listing = /href="(\/produce\/[\w-]+)"/.exec(home)?.[1] ?? "";
  const pages: Record<
    string,
    { ratio: number; lcpMs: number[]; floorMs: number; largest: string }
  > = {};
  for (const [name, path] of Object.entries({ home: "/", search: "/search", listing })) {
    await open(browser, url + path);
    const shown: Shown[] = [];
    for (let round = 0; round < (isQuick ? 5 : 9); round++)
      shown.push(await open(browser, url + path));
    pages[name] = {
      ratio: median(shown.map((each) => each.lcpMs / floorMs(each))),
      lcpMs: shown.map(({ lcpMs }) => Math.round(lcpMs)),
      floorMs: Math.round(median(shown.map(floorMs))),
      largest: shown[0]?.largest ?? "",
    };
  }
  return {
    value: Math.max(...Object.values(pages).map(({ ratio }) => ratio)),
    detail: {
      first: `ms, largest contentful paint at ${LINE.bitsPerSecond / 1000} kbps, ${LINE.roundTripMs} ms there and back, the CPU ${SLOWER} times slower, nothing kept from before; the worst of the pages' medians`,
      second: "ms that its bytes and round trips take on that line with a CPU that takes no time",
      pages,
    },
  };
}

/** Opens a page with nothing kept from before. */
async function open(browser: Chromium, address: string): Promise<Shown> {
  const { browserContextId } = await browser.send<{ browserContextId: string }>(
    "Target.createBrowserContext",
  );
  const { targetId } = await browser.send<{ targetId: string }>("Target.createTarget", {
    ...{ url: "about:blank", browserContextId },
  });
  const { sessionId } = await browser.send<{ sessionId: string }>("Target.attachToTarget", {
    ...{ targetId, flatten: true },
  });
  const tell = <Result>(method: string, params?: object) =>
    browser.send<Result>(method, params, sessionId);
  await tell("Page.enable");
  await tell("Network.enable");
  await tell("Network.emulateNetworkConditions", {
    ...{ offline: false, latency: LINE.roundTripMs },
    ...{ downloadThroughput: LINE.bitsPerSecond / 8, uploadThroughput: LINE.bitsPerSecond / 8 },
  });
  await tell("Emulation.setDeviceMetricsOverride", PHONE);
  await tell("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const loaded = browser.said("Page.loadEventFired", sessionId);
  await tell("Page.navigate", { url: address });
  await loaded;
  const expression = `(${largestPaint})(${SETTLED_MS})`;
  const { result } = await tell<{ result: { value?: Shown; description?: string } }>(
    "Runtime.evaluate",
    { expression, awaitPromise: true, returnByValue: true },
  );
  await browser.send("Target.disposeBrowserContext", { browserContextId });
  if (!result.value) throw new Error(`${address}: ${result.description}`);
  return result.value;
}
