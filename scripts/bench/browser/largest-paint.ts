import type { Painted } from "./line-floor.ts";

/** Runs in the page: when its largest thing was painted, and what had to come for it. */
export async function largestPaint(settledMs: number): Promise<Painted & { lcpMs: number }> {
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
}
