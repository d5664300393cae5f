import { expect, type Page, test } from "@playwright/test";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { html, linkOn, send } from "./forms.ts";
import { currentWalk } from "./walk.ts";

const inDays = (days: number) => shanghaiDay(new Date(Date.now() + days * 86_400_000));
const go = (page: Page) => page.locator('#listing button[type="submit"]').last().click();

/** A pre-sale of three, made from what this farmer sells already. */
async function copyAsPresale(page: Page): Promise<string> {
  const own = await linkOn(page, "/farm/listings", /\/farm\/listings\/[0-9a-f-]{36}/);
  await page.goto(own);
  await page.locator(`form[action="${own}/copy"] button`).click();
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]{36}\/photos$/);
  await go(page);
  await expect(page).toHaveURL(/\/crop$/);
  await go(page);
  await expect(page).toHaveURL(/\/amount$/);
  await page.locator('[name="quantity"]').fill("3");
  await page.locator('details:has([name="shipsFrom"]) summary').click();
  await page.locator('[name="shipsFrom"]').fill(inDays(40));
  await page.locator('[name="presaleLimit"]').fill("5");
  await go(page);
  await expect(page).toHaveURL(/\/check$/);
  await go(page);
  await expect(page).toHaveURL(/done=published/);
  return new URL(page.url()).pathname;
}

test("a farmer copies a listing as a pre-sale, edits, restocks and sells it out, and reads it all", async ({
  page,
}) => {
  await become(page, currentWalk().farmer);
  const listing = await copyAsPresale(page);
  await expectAccessible(page);
  expect(await html(page, listing.replace("/farm/listings", "/produce"))).toMatch(
    /预售 · |Pre-sale · /,
  );
  await page.goto(`${listing}/edit`);
  await expectAccessible(page);
  await page.locator('[name="price"]').fill("33.30");
  await go(page);
  await expect(page).toHaveURL(/done=edited/);
  await expect(page.locator("main")).toContainText("33.30");

  await page.goto(`${listing}/restock`);
  await page.locator('[name="quantity"]').fill("4");
  await page.locator("#restock > button").click();
  await expect(page.locator("#field-quantity-error")).toBeVisible();
  await expectAccessible(page);
  await page.locator('[name="quantity"]').fill("2");
  await page.locator("#restock > button").click();
  await expect(page).toHaveURL(/done=restocked/);

  await page.locator('details:has([name="reason"]) summary').click();
  await page.locator(`form[action="${listing}/sell-out"] button`).click();
  await expect(page).toHaveURL(/done=sold-out/);
  await expect(page.locator("main")).toContainText(/卖完了|Sold out/);
  await page.goto(`${listing}/history`);
  await expectAccessible(page);
  await expect(page.locator("main ol > li")).toHaveCount(4);
  await send(page, `${listing}/withdrawal`, {});
});
