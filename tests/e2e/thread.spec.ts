import { expect, type Page, test } from "@playwright/test";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { expectAccessible } from "./accessible.ts";
import { orderWithCode, signIn, tapDemo } from "./people.ts";
import { chooseLanguage, chooseRegion, currentWalk, payWithCard, reloadUntil } from "./walk.ts";

test.describe.configure({ mode: "serial" });

const words = () => `试种${test.info().project.name.replaceAll("-", "")}`;
let page: Page;
let listingPath: string;
let orderPath: string;
let orderNumber: string;
/** The relief account that the farmer's two boxes are tagged with, read off the order page. */
let reliefCode: string;
let photo: Buffer;

test.beforeAll(async ({ browser }) => {
  const { use } = test.info().project;
  photo = await phonePhoto();
  // One browser through all eight steps, as one evening at the kitchen table would be.
  const context = await browser.newContext({ ...use });
  page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) {
      throw new Error(`the browser complained: ${message.text()}`);
    }
  });
  await chooseLanguage(page, currentWalk().lang);
});
test.afterAll(() => page.close());

/** Somebody of the demo takes the browser over. */
async function become(who: "manager" | "bookkeeper" | "officer" | "farmer"): Promise<void> {
  await page.context().clearCookies();
  await chooseLanguage(page, currentWalk().lang);
  await tapDemo(page, currentWalk()[who]);
}

test("1. a farmer signs in with her number and a code, and lists a crop", async () => {
  await signIn(page, currentWalk().farmer, "/farm");
  await expectAccessible(page);
  await page.goto("/farm/listings/new");
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]{36}\/photos$/);
  await expectAccessible(page);
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({ name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: photo });
  await next(/\/crop$/);
  await page.locator('[name="title"]').fill(words());
  await page.locator('details:has(input[value="apple"]) > summary').click();
  await page.locator('details input[value="apple"]').check();
  await choose("grade", "first");
  await next(/\/amount$/);
  await choose("unit", "box-5jin");
  await page.locator('[name="price"]').fill("29.90");
  await page.locator('[name="quantity"]').fill("2");
  await page.locator('button[name="nudge"][value="muchMore"]').click();
  await expect(page.locator('[name="quantity"]')).toHaveValue("12");
  await next(/\/check$/);
  await expect(page.locator("main")).toContainText(words());
  await next(/\/farm\/listings\/[0-9a-f-]{36}\?done=published/);
  const id = /listings\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  listingPath = `/produce/${id}`;
  await expectAccessible(page);
});

/** Sends the page of the draft by its last button. */
async function next(to: RegExp): Promise<void> {
  await page.locator('#listing button[type="submit"]').last().click();
  await expect(page).toHaveURL(to);
  await expectAccessible(page);
}

/** A choice stands in a list or as a row of buttons. */
async function choose(name: string, value: string): Promise<void> {
  const select = page.locator(`select[name="${name}"]`);
  if (await select.count()) await select.selectOption(value);
  else await page.locator(`input[name="${name}"][value="${value}"]`).check();
}

test("2. the photo is shown upright, without a byte of where it was taken", async () => {
  await page.goto(listingPath);
  const image = page.locator('.gallery img[src*="/photos/"]').first();
  await reloadUntil(page, async () => (await image.count()) > 0);
  const source = await page.locator(".gallery picture source").first().getAttribute("srcset");
  for (const width of [320, 640, 1280]) expect(source).toContain(`-${width}.avif`);
  const shown = await page.request.get((await image.getAttribute("src")) ?? "");
  const bytes = await shown.body();
  expect(shown.headers()["cache-control"]).toContain("immutable");
  for (const trace of ["Exif", "GPS", "secret-orchard", "http://ns.adobe"]) {
    expect(bytes.includes(trace)).toBe(false);
  }
  // Upright, the factory's photo is taller than wide.
  const [width, height] = [await image.getAttribute("width"), await image.getAttribute("height")];
  expect(Number(height)).toBeGreaterThan(Number(width));
});

test("3. a buyer finds it, puts produce of two cooperatives into the cart and pays", async () => {
  await page.context().clearCookies();
  await chooseLanguage(page, currentWalk().lang);
  await page.goto(`/search?q=${encodeURIComponent(words().slice(0, 4))}`);
  const card = page.locator(`main a[href^="${listingPath}"]`).first();
  await reloadUntil(page, async () => (await card.count()) > 0);
  await expectAccessible(page);
  await card.click();
  await expect(page).toHaveURL(new RegExp(listingPath));
  await expectAccessible(page);
  await addToCart("2");
  // Of a cooperative that no walk pays out: its owed money may change while others look at theirs.
  await page.goto(`/search?q=${encodeURIComponent("盐官山货合作社 核桃")}`);
  await page.locator('main a[href^="/produce/"]').first().click();
  await expect(page.locator("main")).toContainText(/盐官山货合作社|Yanguan Mountain Goods/);
  await addToCart("1");
  await page.goto("/cart");
  await expectAccessible(page);
  await expect(page.locator('main li[id^="line-"]')).toHaveCount(2);
  await page.locator('a[href="/checkout"]').click();
  await page.locator('[name="recipient"]').fill("试单买家");
  await page.locator('[name="phone"]').fill("13800009999");
  await chooseRegion(page, ["310000", "310100", "310115"]);
  await page.locator('[name="street"]').fill("田园路1号");
  await expectAccessible(page);
  await orderWithCode(page);
  await payWithCard(page, "4000000000000002");
  await expect(page.locator('[role="alert"]')).toContainText(/拒绝|declined/i);
  await payWithCard(page, "4242424242424242");
  await expect(page).toHaveURL(/\/orders\/TJ\d{14}/);
  orderNumber = /TJ\d{14}/.exec(page.url())?.[0] ?? "";
  orderPath = `/orders/${orderNumber}`;
});

async function addToCart(quantity: string): Promise<void> {
  await page.locator('main [name="quantity"]').fill(quantity);
  await page.locator("main button.btn-buy").click();
  await expect(page).toHaveURL(/\/cart\?added=/);
}

test("4. the order is paid, and its page says where every fen went", async () => {
  await page.goto(orderPath);
  await reloadUntil(page, async () =>
    /已付款|Paid/.test((await page.locator("main").textContent()) ?? ""),
  );
  const text = (await page.locator("main").textContent()) ?? "";
  // Her own lot alone provides the first line, so its account is hers.
  // The parcel names the sum first; the trail, further down, says where it went.
  reliefCode = /[A-Z]{2}-\d{6}/.exec(text.slice(text.lastIndexOf("¥59.80")))?.[0] ?? "";
  expect(reliefCode).toMatch(/^(LS|LN|GZ)-\d{6}$/);
  const fees = { LS: ["¥56.22", "¥3.58"], LN: ["¥56.22", "¥3.58"], GZ: ["¥56.34", "¥3.46"] };
  const meiyu = ["¥56.52", "¥3.28"];
  const isMeiyu = currentWalk().farmer.endsWith("12");
  const split = isMeiyu ? meiyu : fees[reliefCode.slice(0, 2) as keyof typeof fees];
  for (const amount of split) expect(text).toContain(amount);
  expect(text).toMatch(/[23456789A-HJ-NP-Z]{4}/);
  // Two boxes at ¥29.90, 6 % (or the cooperative's rate) to the cooperative: see product.md.
  expect(text).toContain("¥59.80");
  await expectAccessible(page);
  await page.reload();
  await expect(page.locator("main")).toContainText(orderNumber);
});

/** Sends a form that can be sent once; it is gone when the answer is there. */
async function press(action: string): Promise<void> {
  const button = page.locator(`form[action="${action}"] button:not([type=button])`);
  await button.click();
  await expect(button).toHaveCount(0);
}

test("5. the manager sees her own parcel only, packs, ships and marks it delivered", async () => {
  const buyer = await page.context().cookies();
  await become("manager");
  await page.goto("/coop/parcels?state=waiting");
  await expectAccessible(page);
  const rows = page.locator("main tr, main li, main article").filter({ hasText: orderNumber });
  expect(await rows.count()).toBe(1);
  await rows.locator(`a:has-text("${orderNumber}")`).click();
  await expect(page).toHaveURL(/\/coop\/parcels\/[0-9a-f-]{36}$/);
  const parcelPath = new URL(page.url()).pathname;
  await expect(page.locator("main")).toContainText(words());
  await expect(page.locator("main")).not.toContainText(/核桃|alnuts/);
  await expectAccessible(page);
  await press(`${parcelPath}/acceptance`);
  await page.goto("/coop/packing-list?state=accepted");
  await expect(page.locator("main")).toContainText(orderNumber);
  await expectAccessible(page);
  await page.goto(parcelPath);
  await press(`${parcelPath}/packing`);
  await page.goto(`${parcelPath}/shipment`);
  await page.locator('select[name="carrier"]').selectOption("sf");
  await page.locator('[name="trackingNumber"]').fill("SF1234567890123");
  await press(`${parcelPath}/shipment`);
  await page.goto(parcelPath);
  await press(`${parcelPath}/delivery`);
  await page.context().clearCookies();
  await page.context().addCookies(buyer);
  await page.goto(orderPath);
  await expect(page.locator("main")).toContainText("SF1234567890123");
});

test("6. the manager prepares the households' payout, the bookkeeper approves it, with a file for the bank", async () => {
  await become("manager");
  await page.goto("/coop/payouts");
  await expectAccessible(page);
  await page.locator('main form[method="post"] button').first().click();
  await expect(page).toHaveURL(/\/coop\/payouts\/[0-9a-f-]{36}/);
  await expectAccessible(page);
  const runPath = new URL(page.url()).pathname;
  await expect(page.locator("main")).toContainText(currentWalk().bookkeeper.slice(-4));
  await expect(page.locator(`form[action="${runPath}/confirmation"]`)).toHaveCount(0);
  expect((await page.request.get(`${runPath}/bank-file.csv`)).status()).toBe(404);
  await become("bookkeeper");
  await page.goto(runPath);
  await expectAccessible(page);
  await press(`${runPath}/confirmation`);
  const file = await page.request.get(`${runPath}/bank-file.csv`);
  expect(file.headers()["content-disposition"]).toContain("attachment");
  const row = (await file.text()).split("\n").find((line) => line.includes(reliefCode));
  expect(row, "the farmer's household is in the bank file").toMatch(/\d+\.\d{2}/);
  await page.goto("/coop/payouts");
  await expect(
    page.locator('main form[method="post"]:not([action="/coop/payouts/day"]) button'),
  ).toHaveCount(0);
});

test("7. the county's officer sees every fen of the household, and no other county's", async () => {
  await become("officer");
  await page.goto("/relief");
  await expectAccessible(page);
  await expect(page.locator('main a[href^="/relief/accounts/"]').first()).toBeVisible();
  await page.goto(`/relief/accounts/${reliefCode}`);
  const statement = page.locator("main");
  await expect(statement).toContainText(orderNumber);
  await expect(statement).toContainText(/JS\d{8}-/);
  await expectAccessible(page);
  const other = reliefCode.startsWith("LS") ? "LN-000050" : "LS-000005";
  const refused = await page.goto(`/relief/accounts/${other}`);
  expect(refused?.status()).toBe(404);
});

test("8. the farmer sees what she sold and what is owed", async () => {
  await become("farmer");
  await page.goto("/farm/earnings");
  await expect(page.locator("main")).toContainText(words());
  await expect(page.locator("main")).toContainText(orderNumber);
  // All that was owed has just been paid out.
  await expect(page.locator("main dl").first()).toContainText("¥0.00");
  await expectAccessible(page);
});
