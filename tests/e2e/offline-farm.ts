import { type BrowserContext, expect, type Page, type Worker } from "@playwright/test";
import { become } from "./become.ts";
import { html } from "./forms.ts";
import { chooseCrop, currentWalk } from "./walk.ts";

export const newTitle = () => `试种的梨${Date.now() % 1e8}`;
export const state = (page: Page) => page.locator("[data-offer-state]");
export const other = () => (currentWalk().lang === "zh" ? "+8610000000009" : "+8610000000001");

/** The caches of the farm's pages in this browser, and which of the pages are in any. */
export const keptPages = (page: Page) =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("farm-pages-"));
    const paths: string[] = [];
    for (const path of ["/farm/earnings", "/farm/listings", "/farm/offline"]) {
      if (await caches.match(path, { ignoreVary: true })) paths.push(path);
    }
    return { names, paths };
  });

/** Signed in, with the page for listing without a signal in the phone. */
export async function openFarm(page: Page): Promise<void> {
  await become(page, currentWalk().farmer);
  await page.goto("/farm/listings");
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const listing = ["/farm/listings", "/farm/offline"];
  await expect
    .poll(async () => (await keptPages(page)).paths)
    .toEqual(expect.arrayContaining(listing));
}

const isReached = (worker: Worker) =>
  worker.evaluate(() => fetch("/health", { cache: "no-store" }).then(Boolean, () => false));

/**
 * No signal any more, for the pages and for the service worker: one that was being started while the
 * browser heard of it still reaches the market, so it is told until it does not.
 */
export async function loseSignal(context: BrowserContext): Promise<void> {
  await context.setOffline(true);
  const reached = () => Promise.all(context.serviceWorkers().map(isReached));
  await expect(async () => {
    if (!(await reached()).includes(true)) return;
    await context.setOffline(false);
    await context.setOffline(true);
    expect(await reached()).not.toContain(true);
  }).toPass();
}

/** What an offer says, on the page for listing without a signal. */
export async function fillWords(page: Page, title: string): Promise<void> {
  await chooseCrop(page, "pear");
  await page.locator('[name="title"]').fill(title);
  await page.locator('[name="price"]').fill("12.50");
  await page.locator('[name="quantity"]').fill("7");
}

export const publish = (page: Page) => page.locator("main form > button").click();

export async function countOf(page: Page, title: string): Promise<number> {
  return (await html(page, "/farm/listings")).split(`>${title}<`).length - 1;
}
