import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

const EDGE = 1;
/** Standing alone, each of them; those of the farm without a signal carry their hash in the name. */
const OWN = /^\/(enhance\/|assets\/(kept-list|kept-offers|no-signal|offline-listing)-[\w-]+\.js$)/;

/**
 * No serious fault that axe can find, nothing wider than the screen, no script of the framework.
 * axe itself needs scripts; where they are off the rest is still checked.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // The address changes before the page that stands at it can be read.
  await page.waitForLoadState();
  const width = page.viewportSize()?.width ?? 0;
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(needed, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(width + EDGE);
  const scripts = await page
    .locator("script")
    .evaluateAll((all) => all.map((one) => one.getAttribute("src")));
  expect(
    scripts.filter((src) => !OWN.test(src ?? "")),
    `${page.url()} carries other scripts`,
  ).toEqual([]);
  if (test.info().project.use.javaScriptEnabled === false) return;
  // One frame and no iframes: legacy mode asks the page itself, where the other opens a second one.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const named = serious.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" ")}`,
  );
  expect(named, page.url()).toEqual([]);
}
