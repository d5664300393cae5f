import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { checkoutFields } from "./all-pages.ts";
import { become } from "./become.ts";
import { parcelOf, payOpened, placeAndPay, produceOf } from "./delivered.ts";
import { fieldsOf, isChinese, linkOn, send } from "./forms.ts";
import { newPacker } from "./packer.ts";
import { newNumber } from "./people.ts";
import { chooseLanguage, currentWalk, openBrowser } from "./walk.ts";

const ASKING = /等买家答复|Waiting for the buyer/;
const NOT_YET = /正在问买家|The buyer is being asked/;
const PRICE = /¥([\d,]+\.\d\d)/;

const LEFT = /field-quantity-hint"[^>]*>([^<]*)</;

/** The walk's cooperative's dearest produce of which both journeys can buy two: something of it costs no more. */
async function dearest(page: Page): Promise<string> {
  let most = { path: "", yuan: 0 };
  for (const path of (await produceOf(page)).slice(0, 6)) {
    const html = await (await page.request.get(path)).text();
    const yuan = Number(PRICE.exec(html)?.[1]?.replaceAll(",", ""));
    const [left = 0, atOnce = 2] = (LEFT.exec(html)?.[1]?.match(/\d+/g) ?? []).map(Number);
    if (left < 4 || atOnce < 2) continue;
    if (yuan > most.yuan) most = { path, yuan };
  }
  return most.path;
}

/** An order of somebody who pays without confirming her number: only this browser has it. */
async function payAsGuest(page: Page, produce: string): Promise<string> {
  const form = await fieldsOf(page, produce, "main form.card");
  await send(page, produce, { ...form, quantity: "2" });
  const placed = await send(page, "/checkout", {
    ...(await checkoutFields(page)),
    phone: newNumber(),
  });
  expect(placed.status).toBe(303);
  const order = await linkOn(page, "/orders", /\/orders\/TJ\d{14}/);
  const { location } = await send(page, `${order}/payment`, {});
  await page.goto(location);
  return payOpened(page);
}

/** The packer finds that units of a parcel's first line are not there, and asks for the first offer instead. */
async function ask(packer: Page, parcel: string, missing: number): Promise<void> {
  await packer.goto(parcel);
  await packer.locator(`main a[href="${parcel}/substitute"]`).click();
  await expectAccessible(packer);
  const form = packer.locator("main form");
  await form.locator("[name=line]").first().check();
  await form.locator("[name=missing]").fill("9");
  await form.locator("[name=reason][value=spoiled]").check();
  await form.locator("button").click();
  // More than there is: what was typed stays.
  await expect(form.locator("[name=missing]")).toHaveValue("9");
  await form.locator("[name=missing]").fill(String(missing));
  await form.locator("button").click();
  await expectAccessible(packer);
  await form.locator("[name=offer]").first().check();
  await form.locator("[name=quantity]").fill("1");
  await form.locator("button").click();
  await expect(packer.locator("#substitutes")).toContainText(ASKING);
  await expectAccessible(packer);
}

/** Where the parcel is shown to who packs: its board and its three lists. */
async function shownAt(packer: Page, order: string, words: RegExp): Promise<void> {
  const number = order.slice(-16);
  await packer.goto(`/coop/parcels?state=accepted&q=${number}`);
  await expect(packer.locator("main li", { hasText: number }).first()).toContainText(words);
  await expectAccessible(packer);
  await packer.goto("/coop/packing-list?state=accepted&by=parcel");
  await expect(packer.locator("main")).toContainText(words);
  await expectAccessible(packer);
}

/** A paid order of two of the dearest, accepted, and a packer of its cooperative. */
async function inHand(page: Page, browser: Browser, buy: (path: string) => Promise<string>) {
  await become(page, null);
  const order = await buy(await dearest(page));
  const manager = await openBrowser(browser);
  await become(manager, currentWalk().manager);
  const parcel = await parcelOf(manager, order);
  expect((await send(manager, `${parcel}/acceptance`, {})).status).toBe(303);
  const packer = await newPacker(manager, browser);
  await chooseLanguage(packer, currentWalk().lang);
  await manager.context().close();
  return { order, parcel, packer };
}

test("what is missing is replaced with the buyer's yes, and her parcel, its lists and the money say so", async ({
  page,
  browser,
}) => {
  const buy = (path: string) => placeAndPay(page, path);
  const { order, parcel, packer } = await inHand(page, browser, buy);
  await ask(packer, parcel, 1);
  await shownAt(packer, order, ASKING);
  const packing = await send(packer, `${parcel}/packing`, {});
  await packer.goto(packing.location);
  await expect(packer.locator("main")).toContainText(NOT_YET);
  await page.goto(order);
  await expectAccessible(page);
  const card = page.locator("[id^=substitute-]");
  await expect(card).toHaveCount(1);
  const isZh = currentWalk().lang === "zh";
  // What is offered may be called in Chinese only, by whoever listed it.
  const asks = (await card.locator("h2").textContent()) ?? "";
  expect(isChinese(asks), "in her language").toBe(isZh);
  await card.locator("button[value=yes]").click();
  await expect(page.getByRole("status").first()).toBeVisible();
  await expect(page.locator("[id^=substitute-]")).toHaveCount(0);
  await expect(page.locator("main")).toContainText(/您同意换|You said yes/);
  await expectAccessible(page);
  await shownAt(packer, order, /代替|Replaces/);
  expect((await send(packer, `${parcel}/packing`, {})).status).toBe(303);
  await packer.goto(parcel);
  await expect(packer.locator("main")).toContainText(/已打包|Packed/);
  await expectAccessible(packer);
  await packer.context().close();
});

test("a guest says no on her order's page, and the money for what is missing goes back", async ({
  page,
  browser,
}) => {
  const buy = (path: string) => payAsGuest(page, path);
  const { order, parcel, packer } = await inHand(page, browser, buy);
  await ask(packer, parcel, 1);
  // A stranger who knows the number answers nothing.
  const stranger = await openBrowser(browser);
  await page.goto(order);
  const path = (await page.locator("[id^=substitute-] form").getAttribute("action")) ?? "";
  expect((await send(stranger, path, { answer: "yes" })).status).toBe(404);
  await stranger.context().close();
  await page.locator("[id^=substitute-] button[value=no]").click();
  await expect(page.locator("[id^=substitute-]")).toHaveCount(0);
  await expect(page.locator("main")).toContainText(/您没有同意把|You did not want/);
  await expectAccessible(page);
  // Her yes after it is told what stands.
  const late = await send(page, path, { answer: "yes" });
  await page.goto(late.location);
  await expect(page.getByRole("status").or(page.getByRole("alert")).first()).toBeVisible();
  await packer.goto(parcel);
  await expect(packer.locator("#substitutes")).toContainText(/买家不同意|The buyer said no/);
  await packer.context().close();
});
