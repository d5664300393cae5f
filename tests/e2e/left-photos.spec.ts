import { expect, type Page, test } from "@playwright/test";
import { become, signOut } from "./become.ts";
import {
  countOf,
  fillWords,
  keptPages,
  loseSignal,
  newTitle,
  openFarm,
  other,
  publish,
  state,
} from "./offline-farm.ts";
import { photoFile } from "./photo-file.ts";
import { currentWalk } from "./walk.ts";

test.use({ serviceWorkers: "allow" });

test("photos that the line left in a draft are found by her alone after a kill, and go on without a signal", {
  tag: "@any-phone",
}, async ({ page: first, context }) => {
  const title = newTitle();
  const choose = async (page: Page, width: number) =>
    page.locator("#field-photo").setInputFiles(await photoFile(width));
  const sent = (page: Page, state: string) =>
    page.locator(`.photo-uploads [data-state="${state}"]`);
  await openFarm(first);
  await first.goto("/farm");
  await first.goto("/farm/listings/new");
  const draft = new URL(first.url()).pathname;
  await loseSignal(context);
  await choose(first, 640);
  await expect(first.locator("[data-no-line]")).toBeVisible();
  await expect(sent(first, "stopped")).toHaveCount(1);
  await first.close();

  const page = await context.newPage();
  const waiting = page.locator("[data-waiting-photos] li");
  for (const path of ["/farm", "/farm/listings", "/farm/offline"]) {
    await page.goto(path);
    await expect(waiting, path).toHaveCount(1);
  }
  await context.setOffline(false);
  await signOut(page);
  await become(page, other());
  await page.goto("/farm/listings");
  await expect(page.locator("[data-waiting-photos]")).toBeHidden();
  await page.goto(draft);
  await expect(page.locator(".photo-uploads li")).toHaveCount(0);
  await signOut(page);
  await become(page, currentWalk().farmer);
  await page.goto("/farm/listings/new");
  await waiting.getByRole("link").click();
  await expect(page).toHaveURL(draft);
  await expect(sent(page, "there")).toHaveCount(1, { timeout: 30_000 });

  // The market has one of them; the other one the line leaves in the phone.
  await expect.poll(async () => (await keptPages(page)).paths).toContain("/farm/offline");
  await loseSignal(context);
  await choose(page, 720);
  await page.locator("[data-no-line] a").click();
  await expect(page.locator(".kept-photo:visible")).toHaveCount(2);
  await expect(page.locator("[data-waiting-photos]")).toBeHidden();
  await fillWords(page, title);
  await publish(page);
  await expect(state(page)).toHaveAttribute("data-offer-state", "kept");
  await context.setOffline(false);
  await expect(state(page)).toHaveAttribute("data-offer-state", "published", { timeout: 30_000 });
  expect(await countOf(page, title)).toBe(1);
  // The draft has become that listing.
  await page.goto(draft);
  await expect(page.locator("main")).toContainText(title);
});
