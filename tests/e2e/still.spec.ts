import { expect, type Page, test } from "@playwright/test";
import { ADDRESS, becomeRole, fillCart, pagesOf } from "./all-pages.ts";
import { claimFor, deliveredOrder } from "./delivered.ts";
import { linkOn, send } from "./forms.ts";

/** So late come pictures and what draws on them: whatever is not given its place by then moves. */
const LATE_MS = 300;
/** And scripts: until then a browser may go on showing the page before. */
const SCRIPTS_LATE_MS = 1_000;

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

/** Nothing of these pages moves, though pictures and scripts come late. */
async function expectStill(page: Page, paths: string[]): Promise<void> {
  await page.addInitScript(noteShifts);
  const holdBack = (what: RegExp, ms: number) =>
    page.route(what, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      await route.continue().catch(() => {});
    });
  await holdBack(/\/photos\/|\.svg/, LATE_MS);
  await holdBack(/\/enhance\//, SCRIPTS_LATE_MS);
  for (const path of paths) {
    await page.goto(path);
    await scrollThrough(page);
    expect(await page.evaluate(() => window.shifts), path).toEqual([]);
  }
}

test("nothing on a page of the shop moves while its pictures and scripts come", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await becomeRole(page, "buyer");
  await expectStill(page, await pagesOf(page, "buyer"));
});

test("nor for whoever is signed in, keeps addresses and chooses one of them", async ({ page }) => {
  test.setTimeout(240_000);
  await becomeRole(page, "customer");
  const paths = await pagesOf(page, "customer");
  const kept = await send(page, "/account/addresses/new", ADDRESS);
  expect(kept.status).toBe(303);
  const edit = await linkOn(
    page,
    "/account/addresses",
    /\/account\/addresses\/[0-9a-f-]{36}\/edit/,
  );
  await fillCart(page);
  const own = ["/account", "/account/addresses", "/account/addresses/new", edit, "/cart"];
  await expectStill(page, [...paths, ...own, "/checkout"]);
  await expect(page.locator("#field-addressId")).toBeVisible();
  await send(page, edit.replace(/edit$/, "removal"), {});
});

test("nor on the forms of a claim and what comes of it", async ({ page }) => {
  test.setTimeout(240_000);
  const { order, form } = await deliveredOrder(page);
  const claim = await claimFor(page, form, "50");
  const review = await linkOn(page, order, /\/orders\/TJ\d{14}\/lines\/[0-9a-f-]{36}\/review/);
  await expectStill(page, [order, form, claim, review, `${order}/invoice`, "/sign-in", "/join"]);
});
