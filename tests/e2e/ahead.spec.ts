import { expect, test } from "@playwright/test";
import { become } from "./become.ts";

test("a page is fetched while the pointer rests on its link, and no page of a person's own", {
  tag: "@any-desktop",
}, async ({ page }) => {
  await become(page, null);
  const browser = await page.context().newCDPSession(page);
  const fetched: string[] = [];
  browser.on("Preload.prefetchStatusUpdated", ({ prefetchUrl, status }) => {
    if (status === "Ready") fetched.push(new URL(prefetchUrl).pathname);
  });
  await browser.send("Preload.enable");
  const rules = page.waitForResponse("**/speculation-rules.json").catch(() => null);
  await page.goto("/");
  await rules;
  for (const own of ["/cart", "/orders"]) await page.locator(`a[href="${own}"]`).first().hover();
  const link = page.locator('main a[href^="/produce/"]').first();
  await link.hover();
  const path = await link.getAttribute("href");
  await expect.poll(() => fetched).toEqual([path]);
});
