import { setTimeout as sleep } from "node:timers/promises";
import { addressNumber, expectStatus, openBrowser } from "./browser.ts";

const VISITORS = 8;
/** Between the end of one page and the next: together they ask for some thirty pages a second. */
const LOOKING_MS = 200;

/**
 * Visitors go from page to page for as long as `work` takes; how long each page took to come,
 * whole, in milliseconds. Every visitor has an address of her own.
 */
export async function browseDuring(
  origin: string,
  paths: readonly string[],
  work: Promise<unknown>,
): Promise<number[]> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  const times: number[] = [];
  async function visit(visitor: number): Promise<void> {
    const browser = openBrowser(origin, addressNumber(visitor));
    try {
      // Not all at the same moment.
      await sleep((visitor * LOOKING_MS) / VISITORS);
      for (let page = visitor; !isOver; page++) {
        const path = paths[page % paths.length] ?? "/";
        const startedAt = performance.now();
        expectStatus(await browser.get(path), 200, path);
        times.push(performance.now() - startedAt);
        await sleep(LOOKING_MS);
      }
    } finally {
      browser.close();
    }
  }
  await Promise.all([over, ...Array.from({ length: VISITORS }, (_, number) => visit(number))]);
  return times;
}
