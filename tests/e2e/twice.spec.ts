import { expect, type Page, test } from "@playwright/test";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { checkoutFields } from "./all-pages.ts";
import { become } from "./become.ts";
import { type Answer, type Fields, fieldsOf, formData, html, mainText, send } from "./forms.ts";
import { newNumber, readCode } from "./people.ts";
import { currentWalk, openBrowser, payWithCard, reloadUntil } from "./walk.ts";

test.describe.configure({ mode: "serial" });

const UUID = "[0-9a-f-]{36}";
const title = () => `一次${test.info().project.name.replaceAll("-", "")}${Date.now() % 10_000}`;
let page: Page;
let name = "";
let produce = "";
let order = "";
let buyer: Awaited<ReturnType<ReturnType<Page["context"]>["cookies"]>> = [];

test.beforeAll(async ({ browser }) => {
  name = title();
  page = await openBrowser(browser);
});
test.afterAll(() => page.close());

/** The same form at the same time and once more afterwards; what all three were answered. */
async function thrice(path: string, fields: Fields | FormData): Promise<Answer[]> {
  const together = await Promise.all([send(page, path, fields), send(page, path, fields)]);
  return [...together, await send(page, path, fields)];
}

/** All three were led to one and the same place. */
function expectOne(answers: Answer[]): string {
  const places = new Set(answers.map(({ location }) => location.split("?")[0]));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(places.size, [...places].join(" ")).toBe(1);
  return answers[0]?.location ?? "";
}

async function count(path: string, what: string | RegExp): Promise<number> {
  return (await mainText(page, path)).split(what).length - 1;
}

test("a listing sent twice is one listing", async () => {
  await become(page, currentWalk().farmer);
  const photo = new File([Buffer.from(await phonePhoto({ width: 640, height: 480 }))], "a.jpg");
  const { clientKey = "" } = await fieldsOf(page, "/farm/listings/new/whole");
  const fields = {
    ...{ clientKey, title: name, titleEn: "", category: "apple", grade: "first", unit: "kg" },
    ...{ unitGrams: "", price: "20.00", quantity: "9" },
    harvestedOn: shanghaiDay(new Date()),
  };
  const location = expectOne(await thrice("/farm/listings/new/whole", formData(fields, [photo])));
  expect(await count("/farm/listings", name)).toBe(1);
  const path = location.split("?")[0] ?? "";
  produce = path.replace("/farm/listings", "/produce");
  for (const step of ["pause", "resumption"]) {
    expectOne(await thrice(`${path}/${step}`, {}));
  }
  expect(await count("/farm/listings", name)).toBe(1);
});

test("a double tap, going back and a reload put produce into the cart once", async () => {
  await become(page, null);
  await page.goto(produce);
  await page.locator('main [name="quantity"]').fill("2");
  const key = await page.locator('main [name="clientKey"]').inputValue();
  await page.locator("main button.btn-buy").dblclick();
  await expect(page).toHaveURL(/\/cart/);
  const quantity = page.locator('main input[name="quantity"]');
  await expect(quantity).toHaveValue("2");
  await page.reload();
  await expect(quantity).toHaveValue("2");
  const again = await send(page, produce, { clientKey: key, quantity: "2" });
  expect(again).toMatchObject({ status: 303 });
  await page.goto("/cart");
  await expect(quantity).toHaveCount(1);
  await expect(quantity).toHaveValue("2");
  const listingId = produce.split("/").at(-1) ?? "";
  expectOne(await thrice("/cart", { listingId, quantity: "3" }));
  expect(await fieldsOf(page, "/cart")).toMatchObject({ quantity: "3" });
});

test("a checkout sent twice is one order with one payment page", async () => {
  const fields = await checkoutFields(page);
  const pay = expectOne(await thrice("/checkout", fields));
  expect(await count("/orders", /TJ\d{14}/)).toBe(1);
  order = /\/orders\/TJ\d{14}/.exec(await html(page, "/orders"))?.[0] ?? "";
  // Paying from the order's page leads to the same payment page.
  expect(new URL(expectOne(await thrice(`${order}/payment`, {}))).pathname).toBe(
    new URL(pay).pathname,
  );
  // Browser: back to the form, and sent once more.
  await page.goto(pay);
  await page.goto("/checkout");
  expect(await count("/checkout", "¥60.00")).toBe(0);
});

test("what is paid once is paid once, whatever is sent again", async () => {
  const again = expectOne(await thrice(`${order}/payment`, {}));
  await page.goto(again);
  const payment = page.url();
  await payWithCard(page, "4242424242424242");
  await expect(page).toHaveURL(new RegExp(order));
  await reloadUntil(page, async () =>
    /已付款|Paid/.test((await page.locator("main").textContent()) ?? ""),
  );
  const paid = await mainText(page, order);
  expect(paid).toContain("¥60.00");
  // The payment page again, the return from it again, payment and giving up once more.
  await page.goBack();
  await page.goto(payment);
  await page.request.get(`${order}/return?session_id=${payment.split("/").at(-1)}`);
  for (const path of [`${order}/payment`, `${order}/cancellation`]) {
    expect(expectOne(await thrice(path, {}))).toContain(`${order}?news=order-not-`);
  }
  expect(await mainText(page, order)).toBe(paid);
  await page.goto(order);
  await page.reload();
  expect(await mainText(page, order)).toBe(paid);
  expect(await count("/orders", /TJ\d{14}/)).toBe(1);
  buyer = await page.context().cookies();
});

test("each step of a parcel is taken once", async () => {
  await become(page, currentWalk().manager);
  const number = order.split("/").at(-1) ?? "";
  const list = await html(page, "/coop/parcels?state=waiting");
  const parcel = new RegExp(`/coop/parcels/${UUID}(?=">${number})`).exec(list)?.[0] ?? "";
  expect(parcel).not.toBe("");
  const shipment = { carrier: "sf", trackingNumber: "SF0001112223334" };
  const steps: [string, Fields][] = [
    ["acceptance", { from: "parcel" }],
    ["packing", { from: "parcel" }],
    ["shipment", shipment],
    ["delivery", { from: "parcel" }],
  ];
  for (const [step, fields] of steps) {
    expectOne(await thrice(`${parcel}/${step}`, fields));
    const now = await mainText(page, parcel);
    expectOne(await thrice(`${parcel}/${step}`, fields));
    expect(await mainText(page, parcel), step).toBe(now);
  }
  expect(await count(parcel, shipment.trackingNumber)).toBe(1);
  // Another number for a parcel that has left is not taken.
  await send(page, `${parcel}/shipment`, { ...shipment, trackingNumber: "ZZ9999999999" });
  expect(await count(parcel, "ZZ9999999999")).toBe(0);
  await page.context().clearCookies();
  await page.context().addCookies(buyer);
  expect(await count(order, shipment.trackingNumber)).toBe(1);
});

test("a payout run is prepared, approved by somebody else and sent back by the bank once", async () => {
  await become(page, currentWalk().manager);
  const runs = () => count("/coop/payouts", /\b[A-Z]+-?\d{6,}[-\d]*/);
  const before = await runs();
  const { clientKey = "" } = await fieldsOf(page, "/coop/payouts", 'main form[method="post"]');
  const run = expectOne(await thrice("/coop/payouts", { clientKey }));
  expect(await runs()).toBeGreaterThan(before);
  const prepared = await runs();
  // Another form of another tab opens no second run.
  const other = await send(page, "/coop/payouts", { clientKey: crypto.randomUUID() });
  expect(other.status === 409 || other.location === run, `${other.status}`).toBe(true);
  expect(await runs()).toBe(prepared);
  for (const answer of await thrice(`${run}/confirmation`, {})) {
    expect(answer.location, "she prepared it herself").toContain("problem=same-person");
  }
  expect((await page.request.get(`${run}/bank-file.csv`)).status()).toBe(404);
  await become(page, currentWalk().bookkeeper);
  expectOne(await thrice(`${run}/confirmation`, {}));
  const file = await html(page, `${run}/bank-file.csv`);
  const confirmed = await mainText(page, run);
  const owed = await mainText(page, "/coop/payouts");
  expectOne(await thrice(`${run}/confirmation`, {}));
  expect((await send(page, `${run}/cancellation`, {})).location).toContain("problem=");
  expect(await mainText(page, run)).toBe(confirmed);
  expect(await mainText(page, "/coop/payouts")).toBe(owed);
  expect(await html(page, `${run}/bank-file.csv`)).toBe(file);

  const bounce = new RegExp(`${run}/items/${UUID}/bounce`).exec(await html(page, run))?.[0] ?? "";
  expectOne(await thrice(bounce, { reason: "account-closed" }));
  const bounced = await mainText(page, run);
  const owedAgain = await mainText(page, "/coop/payouts");
  expect(owedAgain).not.toBe(owed);
  await thrice(bounce, { reason: "account-closed" });
  expect(await mainText(page, run)).toBe(bounced);
  expect(await mainText(page, "/coop/payouts")).toBe(owedAgain);
});

test("a code whose answer is lost on the way lets her in all the same, into one session", async () => {
  await become(page, null);
  const phone = newNumber();
  expect((await send(page, "/sign-in", { phone, to: "/orders" })).status).toBe(303);
  const before = await page.context().cookies();
  const code = await readCode(page, `+86${phone}`);
  const enter = () => send(page, "/sign-in/code", { code });
  const sessionNow = async () =>
    (await page.context().cookies()).find((cookie) => cookie.name.endsWith("session"))?.value;
  const together = await Promise.all([enter(), enter()]);
  expect(together.map(({ location }) => location)).toEqual(["/orders", "/orders"]);
  const session = await sessionNow();
  // The cookies of both answers never came: she still stands before the filled form.
  await page.context().clearCookies();
  await page.context().addCookies(before);
  expect(await enter()).toMatchObject({ status: 303, location: "/orders" });
  expect(await sessionNow()).toBe(session);
  expect(await count("/account", phone.slice(-4))).toBe(1);
  // Once she has left, the code is worth nothing, on whatever browser it comes again.
  await send(page, "/sign-out", {});
  await page.context().clearCookies();
  await page.context().addCookies(before);
  expect((await enter()).status).toBe(422);
});

test("a double tap on the way in asks for one code and enters once", async () => {
  await become(page, null);
  const phone = newNumber();
  await page.goto("/sign-in?to=/orders");
  await page.locator('input[name="phone"]').fill(phone);
  await page.locator('form[action="/sign-in"] button').dblclick();
  await expect(page).toHaveURL(/\/sign-in\/code/);
  const panel = (await (await page.request.get("/sandbox")).text()).replace(/<[^>]*>/g, " ");
  expect(panel.split(`+86${phone}`).length - 1).toBe(1);
  await page.locator('input[name="code"]').fill(await readCode(page, `+86${phone}`));
  await page.locator("form#code button").dblclick();
  await expect(page).toHaveURL(/\/orders$/);
  await page.goBack();
  await page.goto("/account");
  await expect(page.locator("main")).toContainText(phone.slice(-4));
  await page.locator('form[action="/sign-out"] button').dblclick();
  await expect(page).toHaveURL(/:\d+\/$/);
  await page.goto("/account");
  await expect(page.locator("main")).not.toContainText(phone.slice(-4));
});
