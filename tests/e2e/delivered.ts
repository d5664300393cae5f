import { expect, type Page } from "@playwright/test";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { checkoutFields } from "./all-pages.ts";
import { become } from "./become.ts";
import { fieldsOf, formData, html, linkOn, send } from "./forms.ts";
import { newNumber, readCode } from "./people.ts";
import { currentWalk, payWithCard, reloadUntil } from "./walk.ts";

const SLUGS: Record<string, string> = {
  "+8610000000003": "yanyuan",
  "+8610000000004": "lixian",
  "+8610000000010": "xunwu",
  "+8610000000013": "meiyu",
};

export type Delivered = {
  /** "/orders/TJ…". */
  order: string;
  parcelId: string;
  /** The form to claim for it. */
  form: string;
  /** Goes back to the buyer's browser. */
  asBuyer(): Promise<void>;
};

/** By a code, as on the page after the checkout; the way to the payment page. */
async function confirmPhone(page: Page, order: string, phone: string): Promise<string> {
  expect((await send(page, `${order}/phone`, { phone })).status, "a code is sent").toBe(303);
  const code = await readCode(page, `+86${phone}`);
  const { location } = await send(page, `${order}/phone`, { code });
  return new URL(location).pathname;
}

/** What the walk's cooperative has on its shelf. */
export async function produceOf(page: Page): Promise<string[]> {
  const shelf = await html(page, `/cooperatives/${SLUGS[currentWalk().manager]}`);
  return [...new Set([...shelf.matchAll(/\/produce\/[0-9a-f-]{36}/g)].map(([path]) => path))];
}

/** Pays on the payment page that stands open; the order's address, once its page says that it is paid. */
export async function payOpened(page: Page): Promise<string> {
  await payWithCard(page, "4242424242424242");
  await expect(page).toHaveURL(/\/orders\/TJ\d{14}/);
  const paid = /已付款|Paid/;
  await reloadUntil(page, async () => paid.test((await page.locator("main").textContent()) ?? ""));
  return new URL(page.url()).pathname;
}

/**
 * A paid order of two units of `wanted`: an address, or the walk's cooperative's produce of this number,
 * from 0 on; its address.
 */
export async function placeAndPay(page: Page, wanted: string | number = 0): Promise<string> {
  const produce = typeof wanted === "string" ? wanted : ((await produceOf(page)).at(wanted) ?? "");
  const form = await fieldsOf(page, produce, "main form.card");
  await send(page, produce, { ...form, quantity: "2" });
  // Who claims for the first time is told by her phone too, and believed when she has confirmed it.
  const buyer = { ...(await checkoutFields(page)), phone: newNumber() };
  const placed = await send(page, "/checkout", buyer);
  expect(placed.status, "the order is placed").toBe(303);
  const order = await linkOn(page, "/orders", /\/orders\/TJ\d{14}/);
  await page.goto(await confirmPhone(page, order, buyer.phone));
  return payOpened(page);
}

/** The address of the walk's manager's parcel of an order, as a scan of its label finds it. */
export async function parcelOf(page: Page, order: string): Promise<string> {
  const code = order.split("/").at(-1) ?? "";
  const found = await send(page, "/coop/scan?do=open", { do: "open", code });
  expect(found.status, "the parcel is found").toBe(303);
  return new URL(found.location, "http://market.test").pathname;
}

/** A new buyer's paid order of two units of one cooperative, which its manager has packed, shipped and delivered. */
export async function deliveredOrder(page: Page): Promise<Delivered> {
  await become(page, null);
  const order = await placeAndPay(page);
  const buyer = await page.context().cookies();
  await become(page, currentWalk().manager);
  const parcel = await parcelOf(page, order);
  for (const [step, fields] of [
    ["acceptance", {}],
    ["packing", {}],
    ["shipment", { carrier: "sf", trackingNumber: "SF1234567890123" }],
    ["delivery", {}],
  ] as const) {
    expect((await send(page, `${parcel}/${step}`, fields)).status, `${parcel}/${step}`).toBe(303);
  }
  const asBuyer = async () => {
    await page.context().clearCookies();
    await page.context().addCookies(buyer);
  };
  await asBuyer();
  const form = await linkOn(page, order, /\/orders\/TJ\d{14}\/parcels\/[0-9a-f-]{36}\/claim/);
  return { order, parcelId: form.split("/")[4] ?? "", form, asBuyer };
}

export const spoiledPhoto = async (name = "spoiled.jpg") =>
  new File([Buffer.from(await phonePhoto({ width: 640, height: 480 }))], name, {
    type: "image/jpeg",
  });

/** Sends the claim's form for so many hundredths of its first line; the claim's page. */
export async function claimFor(page: Page, form: string, percent: string): Promise<string> {
  const fields = await claimFields(page, form, percent);
  const sent = await send(page, form, formData(fields, [await spoiledPhoto()]));
  expect(sent.status, "the claim is sent").toBe(303);
  return new URL(sent.location, "http://market.test").pathname;
}

/** The claim's form with a share of its first line chosen. */
export async function claimFields(page: Page, form: string, percent: string) {
  const fields = await fieldsOf(page, form, `form[action="${form}"]`);
  const line = Object.keys(fields).find((name) => name.startsWith("line-")) ?? "";
  return { ...fields, [line]: percent };
}
