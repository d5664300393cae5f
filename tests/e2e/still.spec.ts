import { expect, type Page, test } from "@playwright/test";
import { becomeRole, pagesOf } from "./all-pages.ts";

/** So late come pictures and what draws on them: whatever is not given its place by then moves. */
const LATE_MS = 300;

declare global {
  interface Window {
    shifts: string[];
  }
}

/** Notes every shift that no touch asked for, and what moved. */
function noteShifts(): void {
  window.shifts = [];
  type Shift = PerformanceEntry & {
    value: number;
    hadRecentInput: boolean;
    sources: { node: Node | null }[];
  };
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries() as Shift[]) {
      if (shift.hadRecentInput) continue;
      const moved = shift.sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 80));
      window.shifts.push(`${shift.value.toFixed(4)} ${moved.join(" | ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Down to the end, so that what is fetched late is there, too. */
async function scrollThrough(page: Page): Promise<void> {
  const screens = await page.evaluate(() => Math.ceil(document.body.scrollHeight / innerHeight));
  for (let screen = 0; screen < Math.min(screens, 8); screen++) {
    await page.evaluate(() => scrollBy({ top: innerHeight, behavior: "instant" }));
    await page.waitForTimeout(LATE_MS / 3);
  }
  await page.waitForLoadState("networkidle");
}

test("nothing on a page of the shop moves while its pictures come", async ({ page }) => {
  test.setTimeout(240_000);
  await becomeRole(page, "buyer");
  const paths = await pagesOf(page, "buyer");
  await page.addInitScript(noteShifts);
  await page.route(/\/photos\/|\.svg/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    await route.continue().catch(() => {});
  });
  for (const path of paths) {
    await page.goto(path);
    await scrollThrough(page);
    expect(await page.evaluate(() => window.shifts), path).toEqual([]);
  }
});
