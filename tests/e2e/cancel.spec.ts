import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { checkoutFields } from "./all-pages.ts";
import { become } from "./become.ts";
import { payOpened } from "./delivered.ts";
import { fieldsOf, html, linkOn, send } from "./forms.ts";
import { currentWalk, reloadUntil } from "./walk.ts";

const said = (page: Page, what: RegExp) => async () =>
  what.test((await page.locator("main").textContent()) ?? "");

/** One unit of what the walk's own farmer sells, so that the walk's manager packs it; paid. */
async function payOrder(page: Page): Promise<string> {
  await become(page, currentWalk().farmer);
  const own = await linkOn(page, "/farm/listings", /\/farm\/listings\/[0-9a-f-]{36}/);
  const produce = own.replace("/farm/listings", "/produce");
  await become(page, null);
  const form = await fieldsOf(page, produce, "main form.card");
  await send(page, produce, { ...form, quantity: "1" });
  const placed = await send(page, "/checkout", await checkoutFields(page));
  await page.goto(placed.location);
  return payOpened(page);
}

test("a buyer cancels what nobody packs yet, and is refunded", async ({ page }) => {
  const order = await payOrder(page);
  await expectAccessible(page);
  await page.locator(`form[action="${order}/cancellation"] button`).click();
  await expect(page).toHaveURL(/news=cancelled-refunding/);
  await expect(page.locator("main")).toContainText(/正在退款|refund on its way/);
  await page.goto(order);
  await expect(page.locator(`form[action="${order}/cancellation"]`)).toHaveCount(0);
  await reloadUntil(page, said(page, /已全额退款|refunded in full/));
  expect(await html(page, "/sandbox")).toContain(order.replace("/orders/", ""));
  const again = await send(page, `${order}/cancellation`, { refund: "all" });
  expect(again.location).toContain("news=cancelled-refunding");
});

test("a cooperative that cannot send a parcel says why, and the buyer reads it", async ({
  page,
}) => {
  const order = await payOrder(page);
  const buyer = await page.context().cookies();
  const number = order.replace("/orders/", "");
  await become(page, currentWalk().manager);
  await page.goto("/coop/parcels?state=waiting");
  await page.locator(`a:has-text("${number}")`).first().click();
  await expect(page).toHaveURL(/\/coop\/parcels\/[0-9a-f-]{36}$/);
  const parcel = new URL(page.url()).pathname;
  const form = page.locator(`form[action="${parcel}/cancellation"]`);
  await expectAccessible(page);
  await form.locator("button").click();
  await expect(page.locator("#field-reason-error")).toBeVisible();
  await expect(form.locator('[id^="field-goods-"][id$="-error"]')).toBeVisible();
  await form.locator('input[value="spoiled"]').check();
  await form.locator('input[name="reason"]').fill("冰雹打坏了");
  await form.locator("button").click();
  await expect(page).toHaveURL(new RegExp(`${parcel}$`));
  await expect(page.locator("main")).toContainText("冰雹打坏了");
  await page.context().clearCookies();
  await page.context().addCookies(buyer);
  await page.goto(order);
  await expect(page.locator("main")).toContainText("冰雹打坏了");
  await reloadUntil(page, said(page, /已全额退款|refunded in full/));
});
