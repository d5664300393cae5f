import { type Browser, chromium } from "@playwright/test";
import { findChromium } from "../test/find-chromium.ts";
import { watchLargestPaint } from "./browser/largest-paint.ts";
import { floorMs, LINE, type Painted } from "./browser/line-floor.ts";
import type { Measured } from "./figures.ts";
import type { Market } from "./market/open.ts";
import { median } from "./pairs.ts";

/** A cheap phone of these years: 720 × 1600 dots, a sixth as fast as a desk's computer. */
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true };
const SLOWER = 6;

type Shown = Painted & { lcpMs: number };

/** When the largest thing of a page is there on a 2G line, against what the line alone takes. */
export async function lcp2g({ url, family, isQuick }: Market): Promise<Measured> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("lcp-2g needs a Chromium: set CHROMIUM to its path.");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  family.atEnd(() => void browser.close().catch(() => {}));
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
  await browser.close();
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
async function open(browser: Browser, address: string): Promise<Shown> {
  const context = await browser.newContext(PHONE);
  try {
    const page = await context.newPage();
    const protocol = await context.newCDPSession(page);
    await protocol.send("Network.enable");
    await protocol.send("Network.emulateNetworkConditions", {
      ...{ offline: false, latency: LINE.roundTripMs },
      ...{ downloadThroughput: LINE.bitsPerSecond / 8, uploadThroughput: LINE.bitsPerSecond / 8 },
    });
    await protocol.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    return await watchLargestPaint(page, address);
  } finally {
    await context.close();
  }
}
