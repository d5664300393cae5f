import type { Page } from "@playwright/test";
import type { Painted } from "./line-floor.ts";

const PATIENCE_MS = 60_000;
/** Pictures below the fold are lazy and none is larger: what is painted a second after loading is it. */
const SETTLED_MS = 1_000;

/** Opens a page and tells when its largest thing was painted, and what had to come for it. */
export async function watchLargestPaint(
  page: Page,
  address: string,
): Promise<Painted & { lcpMs: number }> {
  await page.goto(address, { waitUntil: "load", timeout: PATIENCE_MS });
  return page.evaluate(async (settledMs) => {
    type Largest = PerformanceEntry & { url: string; element: Element | null };
    let last: Largest | undefined;
    new PerformanceObserver((list) => {
      last = list.getEntries().at(-1) as Largest;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    await new Promise((resolve) => setTimeout(resolve, settledMs));
    if (!last) throw new Error("nothing was painted");
    type File = PerformanceResourceTiming & { renderBlockingStatus?: string };
    const [navigation] = performance.getEntriesByType("navigation") as File[];
    const files = performance.getEntriesByType("resource") as File[];
    const sum = (entries: readonly File[]) =>
      entries.reduce((bytes, { transferSize }) => bytes + transferSize, 0);
    const { url, element, startTime } = last;
    const isBlocking = ({ renderBlockingStatus }: File) => renderBlockingStatus === "blocking";
    return {
      lcpMs: startTime,
      pageBytes: navigation ? sum([navigation]) : 0,
      stylesheetBytes: sum(files.filter(isBlocking)),
      pictureBytes: url ? sum(files.filter((file) => file.name === url)) : 0,
      largest: `${element?.tagName.toLowerCase() ?? "?"} ${url || element?.textContent?.trim().slice(0, 40)}`,
    };
  }, SETTLED_MS);
}
