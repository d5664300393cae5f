import { expect, type Page, test } from "@playwright/test";
import { findChromium } from "#scripts/test/find-chromium.ts";
import { become, signOut } from "./become.ts";
import { currentWalk } from "./walk.ts";

// A real phone keeps the pages behind "back" as they were drawn; the tool's browser does not.
test.use({
  launchOptions: {
    executablePath: findChromium(),
    args: ["--no-sandbox"],
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  },
});

const EARNINGS = "/farm/earnings";
const LISTINGS = "/farm/listings";

/** A page that is drawn again from the browser's memory reports nothing to the tool. */
async function back(page: Page): Promise<void> {
  const before = page.url();
  await page.goBack({ waitUntil: "commit", timeout: 5_000 }).catch(() => null);
  await expect.poll(() => page.url()).not.toBe(before);
}

test("whoever goes back on a shared phone after she has signed out sees nothing of her farm", async ({
  page,
}) => {
  await become(page, currentWalk().farmer);
  const answered = [];
  for (const path of [LISTINGS, EARNINGS]) answered.push(await page.goto(path));
  const kept = answered.map((one) => one?.headers()["cache-control"]);
  expect(kept).toEqual(["private, no-cache", "private, no-store"]);
  await expect(page.locator("main dl.stats")).toBeVisible();
  await signOut(page);

  await back(page);
  await expect(page.locator('form[action="/sign-out"]')).toHaveCount(0);
  for (const path of [EARNINGS, LISTINGS]) {
    await back(page);
    await expect(page).toHaveURL(new RegExp(`/sign-in\\?to=${encodeURIComponent(path)}`));
    await expect(page.locator("main dl.stats")).toHaveCount(0);
  }
});
