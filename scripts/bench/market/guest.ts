import { ADDRESS } from "../orders/record-orders.ts";
import {
  addressNumber,
  type Browser,
  expectStatus,
  type FormFields,
  fieldIn,
  fieldsIn,
  openBrowser,
} from "./browser.ts";

const CARD = { method: "card", number: "4242424242424242", expiry: "08/40", cvc: "123" };

async function addToCart(browser: Browser, listingId: string): Promise<void> {
  const path = `/produce/${listingId}`;
  const page = expectStatus(await browser.get(path), 200, "a listing");
  const clientKey = fieldIn(page.text(), "clientKey");
  const added = await browser.post(path, { quantity: "1", clientKey });
  expectStatus(added, 303, "adding to the cart");
  expectStatus(await browser.get(added.location), 200, "the cart");
}

/** Province, then city, then county: each list comes with the page that knows the one before. */
async function fillAddress(browser: Browser): Promise<FormFields> {
  const { recipient, phone, street } = ADDRESS;
  const typed: Record<string, string> = { recipient, phone, street };
  let page = expectStatus(await browser.get("/checkout"), 200, "the checkout").text();
  for (const [level, code] of [
    ["province", "440000"],
    ["city", "440100"],
  ] as const) {
    typed[level] = code;
    const keys = { orderKey: fieldIn(page, "orderKey"), expectedTotalFen: "0" };
    const answer = await browser.post("/checkout", { ...typed, ...keys, step: "region" });
    page = expectStatus(answer, 200, "the next list of regions").text();
  }
  typed.county = "440106";
  const hidden = ["orderKey", "expectedTotalFen", "shown"].flatMap((name) =>
    fieldsIn(page, name).map((value) => [name, value]),
  );
  return [...Object.entries(typed), ...hidden];
}

/**
 * One guest, from nothing: opens a listing, puts two items into the cart, types an address, orders,
 * pays by card on the payment page, comes back and sees the order's page say that it is paid.
 * Every page that a browser would show on the way is fetched; pictures and styles are not.
 */
export async function walkGuestJourney(
  url: string,
  number: number,
  listingIds: readonly string[],
): Promise<void> {
  const browser = openBrowser(url, addressNumber(number));
  try {
    for (const listingId of listingIds) await addToCart(browser, listingId);
    const ordered = await browser.post("/checkout", await fillAddress(browser));
    expectStatus(ordered, 303, "the order");
    const payment = new URL(ordered.location, url);
    const payPath = payment.pathname + payment.search;
    expectStatus(await browser.get(payPath), 200, "the payment page");
    const paid = await browser.post(payPath, { ...CARD, name: "WANG" });
    expectStatus(paid, 303, "the payment");
    const back = new URL(paid.location, url);
    const returned = await browser.get(back.pathname + back.search);
    expectStatus(returned, 303, "the way back from the payment page");
    if (!returned.location.includes("news=paid")) {
      throw new Error(`after the payment the guest was sent to ${returned.location}`);
    }
    expectStatus(await browser.get(returned.location), 200, "the order's page");
  } finally {
    browser.close();
  }
}
