import { randomUUID } from "node:crypto";
import { demoPeople } from "#db/seed/demo-people.ts";
import { type Browser, expectStatus, fieldIn, openBrowser } from "../market/browser.ts";

/** A page as it was shown, under a name that does not change from run to run. */
export type Shown = { name: string; html: string };

const phoneOf = (role: string) => demoPeople.find((person) => person.role === role)?.phone ?? "";

async function show(browser: Browser, name: string, path = name): Promise<Shown> {
  return { name, html: expectStatus(await browser.get(path), 200, path).text() };
}

/** The way to the first thing below this path that the page leads to. */
function linkIn({ name, html }: Shown, below: string): string {
  const link = new RegExp(`href="(${below}/[\\w-]{8,})["?#]`).exec(html)?.[1];
  if (!link) throw new Error(`${name} leads to nothing below ${below}`);
  return link;
}

/** Signs in by one tap, as the demo's person of this role. */
async function signIn(browser: Browser, role: string): Promise<void> {
  const answer = await browser.post("/sandbox/sign-in", { phone: phoneOf(role) });
  expectStatus(answer, 303, `the sign-in of the ${role}`);
}

/** Every page of the shop, with something in the cart and an order that was placed; the sign-in. */
export async function walkShop(url: string): Promise<Shown[]> {
  const guest = openBrowser(url, undefined);
  const buyer = openBrowser(url, undefined);
  try {
    const home = await show(guest, "/");
    const listing = linkIn(home, "/produce");
    const produce = await show(guest, "/produce/:listingId", listing);
    const clientKey = fieldIn(produce.html, "clientKey");
    expectStatus(await guest.post(listing, { quantity: "1", clientKey }), 303, "the cart");
    const signInPage = await show(guest, "/sign-in");
    const asker = fieldIn(signInPage.html, "asker");
    const asked = await guest.post("/sign-in", { phone: "13900000000", asker });
    expectStatus(asked, 303, "asking for a code");
    await signIn(buyer, "buyer");
    const orders = await show(buyer, "/orders");
    return [
      ...[home, produce, signInPage, orders],
      await show(guest, "/search"),
      await show(guest, "/cart"),
      await show(guest, "/checkout"),
      await show(guest, "/sign-in/code"),
      await show(buyer, "/orders/:number", linkIn(orders, "/orders")),
      await show(buyer, "/account"),
      await show(guest, "/ledger"),
    ];
  } finally {
    guest.close();
    buyer.close();
  }
}

/** Every page on which a farmer lists and runs what she sells, in the mode with most scripts. */
export async function walkListing(url: string): Promise<Shown[]> {
  const farmer = openBrowser(url, undefined, ["farm-mode=easy"]);
  try {
    await signIn(farmer, "farmer");
    const list = await show(farmer, "/farm/listings");
    const shown = [list, await show(farmer, "/farm/listings/new/whole")];
    const draft = `/farm/listings/drafts/${randomUUID()}`;
    for (const step of ["photos", "crop", "amount", "check"]) {
      shown.push(await show(farmer, `/farm/listings/drafts/:draft/${step}`, `${draft}/${step}`));
    }
    const listing = linkIn(list, "/farm/listings");
    shown.push(await show(farmer, "/farm/listings/:id", listing));
    for (const page of ["edit", "restock", "history"]) {
      shown.push(await show(farmer, `/farm/listings/:id/${page}`, `${listing}/${page}`));
    }
    return [...shown, await show(farmer, "/farm/offline")];
  } finally {
    farmer.close();
  }
}
