import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { chooseParcels, takeChosen } from "./chosen.ts";
import { parcelOf, payOpened, placeAndPay, produceOf } from "./delivered.ts";
import { fieldsOf, send } from "./forms.ts";
import { newPacker } from "./packer.ts";
import { newNumber, orderWithCode } from "./people.ts";
import { chooseRegion, currentWalk, hasScripts } from "./walk.ts";

const BOTH = /已装 2\/2|2 of 2 in/;
const PACKED = /已打包|is packed/;
/** Whoever was first has a name. */
const PACKED_BY = /已把它标为“已打包”|“Packed”|"Packed"|Packed/;
const ALREADY = /已经有人做过了|was done already/;

/** A guest's paid order of two kinds of produce of the walk's cooperative; its address. */
async function placeTwoKinds(page: Page): Promise<string> {
  for (const produce of (await produceOf(page)).slice(0, 2)) {
    const form = await fieldsOf(page, produce, "main form.card");
    await send(page, produce, { ...form, quantity: "1" });
  }
  await page.goto("/checkout");
  await page.locator('[name="recipient"]').fill("试单买家");
  await page.locator('[name="phone"]').fill(newNumber());
  await chooseRegion(page, ["310000", "310100", "310115"]);
  await page.locator('[name="street"]').fill("田园路1号");
  await orderWithCode(page);
  return payOpened(page);
}

/** With scripts a tap keeps the tick, without them the form's button does. */
async function tick(page: Page, line: number): Promise<void> {
  const kept = page.waitForResponse((response) => response.request().method() === "POST");
  await page.locator("form[action$='/ticks'] [name=line]").nth(line).check();
  if (!hasScripts()) await page.locator("form[action$='/ticks'] button").click();
  await kept;
  await page.waitForLoadState();
}

const scan = async (page: Page, code: string) => {
  await page.locator("[name=code]").fill(code);
  await page.locator("[name=code]").press("Enter");
  await page.waitForLoadState();
};

test("two who pack one parcel at once keep each other's ticks, and the second reads who closed the box", async ({
  page,
  browser,
}) => {
  await become(page, null);
  const order = await placeTwoKinds(page);
  const number = order.slice(-16);
  await become(page, currentWalk().manager);
  const parcel = await parcelOf(page, order);
  const hers = await newPacker(page, browser);
  // Both look at the same moment, when nothing is ticked.
  await page.goto(parcel);
  await hers.goto(parcel);
  await expectAccessible(page);
  await tick(page, 0);
  await expect(hers.locator("[name=line]").first()).not.toBeChecked();
  await tick(hers, 1);
  for (const seen of [hers, page]) {
    await seen.goto(parcel);
    await expect(seen.locator("form[action$='/ticks'] legend")).toContainText(BOTH);
    for (const box of await seen.locator("[name=line]").all()) await expect(box).toBeChecked();
  }
  // Whoever did not tick it reads that somebody else did.
  const ticks = hers.locator("form[action$='/ticks'] [data-line]");
  await expect(ticks.nth(1)).toContainText(/我 .*已装|In the box: you/);
  await expect(ticks.nth(0)).toContainText(/已装|In the box: (?!you)/);
  await expect(ticks.nth(0)).not.toContainText(/我 .*已装|In the box: you/);
  for (const seen of [page, hers]) await seen.goto("/coop/scan?do=pack");
  await expect(page.locator("[name=code]")).toBeFocused();
  await scan(page, number.slice(2));
  await expect(page.getByRole("status")).toContainText(PACKED);
  await scan(hers, number);
  await expect(hers.getByRole("status")).toContainText(ALREADY);
  await expectAccessible(hers);
  await hers.context().close();
});

test("two who take the same parcels on from one board at once: each box is packed once, and the second reads by whom", async ({
  page,
  browser,
}) => {
  const orders: string[] = [];
  for (let night = 0; night < 2; night++) {
    await become(page, null);
    orders.push(await placeAndPay(page));
  }
  await become(page, currentWalk().manager);
  const parcels: string[] = [];
  for (const order of orders) parcels.push(await parcelOf(page, order));
  const hers = await newPacker(page, browser);
  await chooseParcels(page, "waiting", parcels);
  await takeChosen(page, "accept");
  // Both have the board before them, and both have ticked both.
  await chooseParcels(page, "accepted", parcels);
  await chooseParcels(hers, "accepted", parcels);
  await Promise.all([takeChosen(page, "pack"), takeChosen(hers, "pack")]);
  for (const seen of [page, hers]) await expectAccessible(seen);
  for (const order of orders) {
    const number = order.slice(-16);
    const rows = [page, hers].map((seen) => seen.locator("main tr", { hasText: number }));
    const packed = await Promise.all(rows.map((row) => row.locator(".badge.tone-leaf").count()));
    expect(packed.toSorted()).toEqual([0, 1]);
    await expect(rows[packed.indexOf(0)] as Locator).toContainText(PACKED_BY);
  }
  for (const parcel of parcels) {
    await page.goto(parcel);
    await expect(page.locator("main h2").first()).toContainText(/已打包|Packed/);
  }
  // What her page of before still offers is answered, and changes nothing.
  await hers.goBack();
  await hers.locator(`main form[action="${parcels[0]}/packing"] button`).click();
  await expect(hers.locator("main")).toContainText(/已打包|Packed|was done already/);
  await hers.context().close();
});

test("what is short is given back, and a table of numbers ships the rest", async ({ page }) => {
  await become(page, null);
  const order = await placeAndPay(page);
  const buyer = await page.context().cookies();
  await become(page, currentWalk().manager);
  const parcel = await parcelOf(page, order);
  await page.goto(`${parcel}/shortages`);
  await expectAccessible(page);
  await page.locator("[name=quantity]").fill("2");
  await page.locator("[name=reason][value=spoiled]").check();
  await page.locator("main form button").click();
  // All of it would leave an empty box: what was typed stays, and the way out is said.
  await expect(page.locator("#field-quantity-error")).toBeVisible();
  await expect(page.locator("[name=quantity]")).toHaveValue("2");
  await page.locator("[name=quantity]").fill("1");
  await page.locator("main form button").click();
  await expect(page).toHaveURL(new RegExp(`${parcel}$`));
  await expect(page.locator("form[action$='/ticks']")).toContainText(/缺 1 份|1 short/);
  await expect(page.locator("#refunds")).toContainText(/¥/);

  await page.goto("/coop/scan?do=pack");
  await scan(page, order.slice(-16));
  await expect(page.getByRole("status")).toContainText(PACKED);
  const tracking = `PK${Date.now()}`;
  await page.goto("/coop/tracking");
  await expectAccessible(page);
  const rows = [`${order.slice(-16)},顺丰,${tracking}`, "TJ1,顺丰,PK00000001"];
  await page.locator("[type=file]").setInputFiles({
    ...{ name: "numbers.csv", mimeType: "text/csv" },
    buffer: Buffer.from(`\uFEFF订单号,快递公司,快递单号\r\n${rows.join("\r\n")}\r\n`),
  });
  await page.locator("main form button").click();
  await expect(page).toHaveURL(/\/coop\/tracking\/[0-9a-f-]{36}$/);
  await expect(page.locator("main table")).toHaveCount(2);
  await expectAccessible(page);
  await page.locator("main form button").click();
  await expect(page.getByRole("status")).toBeVisible();
  await page.context().clearCookies();
  await page.context().addCookies(buyer);
  await page.goto(order);
  await expect(page.locator("main")).toContainText(tracking);
});
