import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { linkOn } from "./forms.ts";
import { currentWalk } from "./walk.ts";

const price = (page: Page) => page.locator('[name="price"]');
const save = (page: Page) => page.locator("#listing > button").last().click();
const both = (page: Page) => page.getByRole("alert");

test("what a farmer and her cooperative write at once is shown to the slower one, who chooses either", {
  tag: "@any-phone",
}, async ({ page, browser }) => {
  await become(page, currentWalk().farmer);
  const own = await linkOn(page, "/farm/listings", /\/farm\/listings\/[0-9a-f-]{36}/);
  const coop = await (await browser.newContext()).newPage();
  await become(coop, currentWalk().manager);
  const theirs = own.replace("/farm/", "/coop/");

  await page.goto(`${own}/edit`);
  const before = await price(page).inputValue();
  // So little more that nobody asks whether it is meant.
  const dearer = (fen: number) => (Number(before) + fen / 100).toFixed(2);
  await price(page).fill(dearer(10));
  await coop.goto(`${theirs}/edit`);
  await price(coop).fill(dearer(20));
  await save(coop);
  await expect(coop).toHaveURL(/done=edited/);

  await save(page);
  await expect(both(page)).toContainText(dearer(10));
  await expect(both(page)).toContainText(dearer(20));
  await expect(price(page)).toHaveValue(dearer(10));
  await expectAccessible(page);
  await both(page).locator("a").click();
  await expect(both(page)).toHaveCount(0);
  await expect(price(page)).toHaveValue(dearer(20));

  await coop.goto(`${theirs}/edit`);
  await price(coop).fill(dearer(40));
  await price(page).fill(dearer(30));
  await save(page);
  await expect(page).toHaveURL(/done=edited/);
  await save(coop);
  await expect(both(coop)).toContainText(dearer(30));
  await expectAccessible(coop);
  await save(coop);
  await expect(coop).toHaveURL(/done=edited/);
  await page.goto(`${own}/history`);
  await expect(page.locator("main li").first()).toContainText(/合作社改的|by the cooperative/);

  await page.goto(`${own}/edit`);
  await price(page).fill(before);
  await save(page);
  await expect(page).toHaveURL(/done=edited/);
  await coop.context().close();
});
