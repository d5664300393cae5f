import type { AppLoadContext } from "@remix-run/server-runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { placeOrder } from "#app/domain/orders/place-order.ts";
import { quoteOrder } from "#app/domain/orders/quote-order.ts";
import type { ShownLine } from "#app/domain/orders/shown-lines.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { fillCart, makeAddress, makeBuyer } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { countRoundTrips } from "#tests/setup/round-trips.ts";
import { action, loader } from "./page.tsx";
import { shownValue } from "./shown-field.ts";

let database: TestDatabase;
let payments: TestPayments;
let counted: ReturnType<typeof countRoundTrips>;
beforeAll(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
  counted = countRoundTrips(database.url);
});
afterAll(async () => {
  await counted.db.destroy();
  await payments.close();
  await database.drop();
});

/** A cart of two cooperatives' produce, and the address it goes to. */
async function makeBasket() {
  const buyer = makeBuyer();
  const listings = [await makeListing(database.db), await makeListing(database.db)];
  await fillCart(
    database.db,
    buyer,
    listings.map((listing) => ({ listing, quantity: 1 })),
  );
  const address = await makeAddress(database.db);
  const quote = await quoteOrder(database.db, buyer, address);
  if (!quote.ok || quote.totalFen === null) throw new Error("nothing to order");
  const shown = quote.parcels.flatMap(({ lines }) => lines);
  return { buyer, address, orderKey: quote.orderKey, totalFen: quote.totalFen, shown };
}

test("placing an order takes two round trips to the database", async () => {
  const { buyer, address, orderKey, totalFen, shown } = await makeBasket();
  counted.take();
  const placed = await placeOrder(counted.db, buyer, {
    idempotencyKey: orderKey,
    address,
    locale: "zh",
    expectedTotalFen: totalFen,
    shown,
  });
  expect(placed).toMatchObject({ ok: true, isNew: true });
  expect(counted.take()).toBe(2);
});

function ask(buyer: BuyerScope, form: Record<string, string>, shown: readonly ShownLine[] = []) {
  const context = {
    db: counted.db,
    auth: { readSession: async () => null },
    payments: payments.gateway,
    locale: "zh",
    publicUrl: "http://market.test",
    visitorId: buyer.visitorId,
    setCookie: () => {},
  } as unknown as AppLoadContext;
  const body = new URLSearchParams({ province: "440000", city: "440100", ...form });
  for (const line of shown) body.append("shown", shownValue(line));
  const request = new Request("http://market.test/checkout", { method: "POST", body });
  return { request, context, params: {} };
}

test("from the button to the payment page a guest's order takes six", async () => {
  const { buyer, address, orderKey, totalFen, shown } = await makeBasket();
  const { regionCode, ...typed } = address;
  const form = { ...typed, orderKey, expectedTotalFen: String(totalFen), county: regionCode };
  counted.take();
  const answer = (await action(ask(buyer, form, shown))) as Response;
  expect(answer.headers.get("location")).toContain("/pay/");
  // Is it a place; the basket; the order; its address; what the payment page shows; where it is.
  expect(counted.take()).toBe(6);
});

test("the next list of an address takes two: the loader reads nothing that the action has", async () => {
  const { buyer, totalFen } = await makeBasket();
  const asked = ask(buyer, { county: "440106", step: "region" });
  counted.take();
  await action(asked);
  const page = await loader({ ...asked, request: new Request(asked.request.url) });
  expect(page.values).toMatchObject({ city: "440100" });
  expect(page.view).toMatchObject({ choice: { regionCode: "440106" }, quote: { totalFen } });
  expect(counted.take()).toBe(2);
});
