import type { AppLoadContext } from "@remix-run/server-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { makeBuyer, orderCart } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { action as add } from "../produce/page.tsx";
import { loader as cartPage, action as change } from "./page.tsx";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

function args(buyer: BuyerScope, path: string, form?: Record<string, string>) {
  const context = {
    db: test.db,
    auth: { readSession: async () => null },
    locale: "zh",
    visitorId: buyer.visitorId,
  } as unknown as AppLoadContext;
  const [method, body] = form ? ["POST", new URLSearchParams(form)] : ["GET"];
  const request = new Request(`http://market.test${path}`, { method, body });
  return { request, context, params: { listingId: path.split("/").at(-1) } };
}

/** Sends the produce page's form and follows it to the cart. */
async function addTo(buyer: BuyerScope, listingId: string, form: Record<string, string>) {
  const answer = (await add(args(buyer, `/produce/${listingId}`, form))) as Response;
  expect(answer.status).toBe(303);
  return cartPage(args(buyer, answer.headers.get("location") ?? ""));
}

const form = { quantity: "2", clientKey: "a-page-she-goes-back-to" };

describe("an add from a page that was gone back to", () => {
  it("after removing adds nothing, says so, and offers it by one tap", async () => {
    const [buyer, listing] = [makeBuyer(), await makeListing(test.db)];
    expect((await addTo(buyer, listing.id, form)).added).toMatchObject({ quantity: 2 });
    await change(args(buyer, "/cart", { listingId: listing.id, remove: "1" }));
    const page = await addTo(buyer, listing.id, form);
    expect(page).toMatchObject({ added: null, had: null, cart: { count: 0 } });
    expect(page.gone).toMatchObject({ listingId: listing.id, quantity: 2 });
    const { quantity, clientKey = "" } = page.gone ?? {};
    const again = { quantity: String(quantity), clientKey };
    for (const key of ["added", "had"]) {
      expect(await addTo(buyer, listing.id, again)).toMatchObject({
        [key]: { quantity: 2 },
        gone: null,
      });
    }
  });

  it("after ordering says so too, for no more than there is", async () => {
    const [buyer, listing] = [makeBuyer(), await makeListing(test.db)];
    await addTo(buyer, listing.id, { ...form, quantity: "9" });
    await orderCart(test.db, buyer);
    const page = await addTo(buyer, listing.id, { ...form, quantity: "9" });
    expect(page.gone).toMatchObject({ quantity: 1 });
  });

  it("with another number comes back as she changed it, and puts that in when it is sent again", async () => {
    const [buyer, listing] = [makeBuyer(), await makeListing(test.db)];
    await addTo(buyer, listing.id, form);
    const other = { ...form, quantity: "5" };
    const answer = await add(args(buyer, `/produce/${listing.id}`, other));
    const { data, init } = answer as unknown as { data: object; init: { status: number } };
    expect(init.status).toBe(409);
    expect(data).toMatchObject({ errors: {}, values: other, inCart: 2, added: 2 });
    // The page gives it a key that none has used.
    const again = { ...other, clientKey: "a-key-of-the-next-page" };
    expect((await addTo(buyer, listing.id, again)).added).toMatchObject({ quantity: 7 });
    expect((await addTo(buyer, listing.id, form)).had).toMatchObject({ quantity: 7 });
  });

  it("is not offered for what is not for sale, nor spoken of for an address made by hand", async () => {
    const [buyer, paused] = [makeBuyer(), await makeListing(test.db, { status: "paused" })];
    const page = await cartPage(args(buyer, `/cart?had=${paused.id}&want=2`));
    expect(page.gone).toMatchObject({ quantity: 0 });
    for (const had of ["no-id", "018f0000-0000-7000-8000-000000000000", "'; drop"]) {
      const path = `/cart?${new URLSearchParams({ had, want: "-1e9" })}`;
      expect((await cartPage(args(buyer, path))).gone).toBeNull();
    }
  });
});
