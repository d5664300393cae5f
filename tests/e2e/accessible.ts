import { expect, type Page, test } from "@playwright/test";
import axe from "axe-core";

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
  expect(await seriousFaults(page), page.url()).toEqual([]);
}

/** Our pages have one frame, so axe is put into the page itself; its makers' own builder does it twice. */
async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run({
      resultTypes: ["violations"],
    });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`);
  });
}
