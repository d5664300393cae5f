import type { Page } from "@playwright/test";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { become } from "./become.ts";
import { fieldsOf, formData, html, linkOn, send } from "./forms.ts";
import { managersPages } from "./managers-pages.ts";
import { currentWalk, payWithCard, reloadUntil } from "./walk.ts";

export type Role = "buyer" | "customer" | "farmer" | "manager" | "officer" | "operator";
export const OPERATOR = "+8610000000007";
/** She has orders that came, and reviews some of them. */
const CUSTOMER = "+8610000000002";
export const ADDRESS = {
  ...{ recipient: "试单买家", phone: "13800009999", street: "田园路1号" },
  ...{ province: "310000", city: "310100", county: "310115" },
};

export async function becomeRole(page: Page, role: Role): Promise<void> {
  if (role === "buyer") return become(page, null);
  if (role === "customer") return become(page, CUSTOMER);
  await become(page, role === "operator" ? OPERATOR : currentWalk()[role]);
}

/** Two sale units of the first produce that a search finds and others have left, in this browser's cart. */
export async function fillCart(page: Page): Promise<string> {
  const found = (await html(page, "/search?q=核桃")).matchAll(/\/produce\/[0-9a-f-]{36}/g);
  let path = "";
  for (const [each] of found) {
    path = each;
    if (/<form[^>]* class="card/.test(await html(page, path))) break;
  }
  const form = await fieldsOf(page, path, "main form.card");
  await send(page, path, { ...form, quantity: "2" });
  return path;
}

/** The checkout's form, filled in. */
export async function checkoutFields(page: Page): Promise<Record<string, string>> {
  const path = "/checkout";
  const form = { ...(await fieldsOf(page, path, 'main form[action="/checkout"]')), ...ADDRESS };
  // The sum depends on the province, so the form is asked for once more.
  const answer = await send(page, path, { ...form, step: "region" });
  const sum = /name="expectedTotalFen" value="(\d+)"/.exec(answer.html)?.[1] ?? "";
  return { ...form, expectedTotalFen: sum };
}

/** The pages that a listing and the home page lead to: crops, counties, cooperative, household. */
async function shelvesOf(page: Page, produce: string): Promise<string[]> {
  const crop = await linkOn(page, "/", /\/categories\/[a-z-]+/);
  const county = await linkOn(page, produce, /\/counties\/\d{6}/);
  const cooperative = await linkOn(page, produce, /\/cooperatives\/[a-z0-9-]+/);
  const household = await linkOn(page, "/", /\/households\/[^"]+/);
  // A crop that nobody sells, and a page after the first.
  const empty = "/categories/loquat";
  const older = await linkOn(page, "/categories/fruit", /\/categories\/fruit\?before=[0-9a-f-]+/);
  const freight = `${produce}?to=650000`;
  const photo = await linkOn(page, produce, /\/produce\/[0-9a-f-]{36}\/photos\/1/);
  return ["/categories/fruit", crop, empty, older, county, cooperative, household, freight, photo];
}

/** The page that the code on a packed parcel leads to. */
export async function tracePage(page: Page): Promise<string> {
  await becomeRole(page, "manager");
  const trace = await linkOn(page, "/coop/packing-list/labels?state=packed", /\/trace\/[\w-]{22}/);
  await becomeRole(page, "buyer");
  return trace;
}

/** An order of this browser that is paid, and what there is to read and to fill in of it. */
async function paidPages(page: Page): Promise<string[]> {
  await fillCart(page);
  const placed = await send(page, "/checkout", await checkoutFields(page));
  const order = new URL(placed.location, "http://market").pathname.replace(/\/payment$/, "");
  const number = /TJ\d{14}/.exec(order)?.[0] ?? (await linkOn(page, "/orders", /TJ\d{14}/));
  const path = `/orders/${number}`;
  await page.goto(new URL((await send(page, `${path}/payment`, {})).location).pathname);
  await payWithCard(page, "4242424242424242");
  await page.waitForURL(/\/orders\/TJ/);
  await reloadUntil(page, async () => (await page.locator("#papers").count()) > 0);
  const again = await send(page, `${path}/reorder`, {});
  return [path, `${path}/invoice`, `${path}/payment-receipt`, again.location];
}

async function buyersPages(page: Page): Promise<string[]> {
  const trace = await tracePage(page);
  const paid = await paidPages(page);
  const produce = await fillCart(page);
  const placed = await send(page, "/checkout", await checkoutFields(page));
  if (placed.status !== 303) throw new Error(`the order was not placed: ${placed.status}`);
  const order = await linkOn(page, "/orders", /\/orders\/TJ\d{14}/);
  const payment = new URL((await send(page, `${order}/payment`, {})).location).pathname;
  await fillCart(page);
  const shelves = await shelvesOf(page, produce);
  await send(page, "/sign-in", { phone: `137${String(Date.now()).slice(-8)}`, to: "" });
  return [
    ...[
      "/",
      "/search",
      "/search?q=核桃",
      "/search?q=zzzzzz",
      "/search?q=a&category=apple&sort=price",
      "/ledger",
    ],
    ...shelves,
    ...[produce, "/cart", "/checkout", "/orders", order, `${order}/phone`, payment, ...paid, trace],
    ...["/account", "/sign-in", "/sign-in/code"],
  ];
}

/** What a buyer says of what came, and where others read and report it. */
async function customersPages(page: Page): Promise<string[]> {
  const order = await linkOn(page, "/orders", /\/orders\/TJ\d{14}(?=#reviews)/);
  const write = await linkOn(page, order, /\/orders\/TJ\d{14}\/lines\/[0-9a-f-]{36}\/review/);
  // What the journeys themselves have listed by now may fill the first page of all there is.
  const pages = await Promise.all(["苹果", "核桃", ""].map((q) => html(page, `/search?q=${q}`)));
  for (const [produce] of pages.join().matchAll(/\/produce\/[0-9a-f-]{36}/g)) {
    const report = /\/reviews\/[0-9a-f-]{36}\/report/.exec(await html(page, produce))?.[0];
    if (!report) continue;
    const reviews = [produce, `${produce}/reviews`, report, `${report}?sent`];
    return ["/orders", order, write, ...reviews];
  }
  throw new Error("nothing that a search finds was reviewed");
}

/** A draft with all that is asked for, at a price of many digits: each of its pages has something to say. */
export async function filledDraft(page: Page): Promise<string> {
  const id = crypto.randomUUID();
  const draft = `/farm/listings/drafts/${id}`;
  for (const [step, typed] of [
    ["crop", { category: "pear", title: "试种的梨", titleEn: "Trial pears", grade: "ungraded" }],
    ["amount", { unit: "box-5jin", price: "1280.50", quantity: "40" }],
  ] as const) {
    const fields = { ...(await fieldsOf(page, `${draft}/${step}`, "#listing")), ...typed };
    await send(page, `${draft}/${step}`, fields);
  }
  const photo = new File([Buffer.from(await phonePhoto({ width: 64, height: 48 }))], "a.jpg");
  const photos = await fieldsOf(page, `${draft}/photos`, "#listing");
  await send(page, `${draft}/photos`, formData(photos, [photo]));
  if (!(await html(page, `${draft}/check`)).includes("yours-sum")) throw new Error("not filled");
  return draft;
}

/** Every page that someone of this role has, with something on it. */
export async function pagesOf(page: Page, role: Role): Promise<string[]> {
  if (role === "buyer") return buyersPages(page);
  if (role === "customer") return customersPages(page);
  if (role === "manager") return managersPages(page);
  if (role === "operator") {
    const review = await linkOn(
      page,
      "/operations/reviews",
      /\/operations\/reviews\/[0-9a-f-]{36}/,
    );
    const reviews = ["/operations/reviews", review];
    return ["/operations", "/operations/reconciliation", ...reviews, "/sandbox", "/join"];
  }
  if (role === "officer") {
    const account = await linkOn(page, "/relief", /\/relief\/accounts\/[A-Z]{2}-\d{6}/);
    return ["/relief", "/relief?page=2", account, "/relief/audit", "/relief/statement"];
  }
  const listing = await linkOn(page, "/farm/listings", /\/farm\/listings\/[0-9a-f-]{36}/);
  const draft = await filledDraft(page);
  const steps = ["photos", "crop", "amount", "check"].map((step) => `${draft}/${step}`);
  const slip = await linkOn(page, "/farm/earnings", /\/farm\/earnings\/[0-9a-f-]{36}/);
  const earnings = [
    "/farm/earnings",
    slip,
    "/farm/earnings/payouts",
    "/farm/weighed",
    "/farm/move",
  ];
  await send(page, "/account/addresses/new", { ...ADDRESS, isDefault: "yes" });
  const address = await linkOn(
    page,
    "/account/addresses",
    /\/account\/addresses\/[0-9a-f-]{36}\/edit/,
  );
  const book = ["/account/addresses", "/account/addresses/new", address];
  const lists = ["/farm", "/farm/listings", listing, ...earnings, "/account", ...book];
  const run = ["edit", "restock", "history"].map((page) => `${listing}/${page}`);
  return [...lists, ...run, ...steps, "/farm/listings/new/whole", "/farm/offline"];
}
