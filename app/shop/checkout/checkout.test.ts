import type { AppLoadContext } from "@remix-run/server-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimVisitor } from "#app/domain/carts/claim-visitor.ts";
import { readCart } from "#app/domain/carts/read-cart.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { fillCart, makeAddress, makeBuyer } from "#tests/factories/orders.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { acceptedValue } from "./address-schema.ts";
import { action, loader } from "./page.tsx";
import { shownValue } from "./shown-field.ts";

let test: TestDatabase;
let listing: MadeListing;
const typed = {
  ...{ recipient: "王小姐", phone: "138 0000 0001", street: "天河路 1 号" },
  ...{ province: "440000", city: "440100", county: "440106" },
};

beforeAll(async () => {
  test = await createTestDatabase();
  await makeAddress(test.db);
});
afterAll(() => test.drop());

async function newBuyer(): Promise<BuyerScope> {
  const buyer = makeBuyer();
  listing = await makeListing(test.db, { priceFen: 2_990 });
  await fillCart(test.db, buyer, [{ listing, quantity: 2 }]);
  return buyer;
}

function args(buyer: BuyerScope, form?: [string, string][]) {
  const cookies: string[] = [];
  const context = {
    db: test.db,
    auth: { readSession: async () => null },
    // Whoever is led on to a payment page has her order: that much is asked here.
    payments: { openCheckout: async () => Promise.reject(new Error("no payments in this test")) },
    locale: "zh",
    publicUrl: "http://market.test",
    visitorId: buyer.visitorId,
    setCookie: (cookie: string) => void cookies.push(cookie),
  } as unknown as AppLoadContext;
  const body = form && new URLSearchParams(form);
  const method = form ? "POST" : "GET";
  const request = new Request("http://market.test/checkout", { method, body });
  return { request, context, params: {}, cookies };
}

type Answer = {
  data: Pick<Awaited<ReturnType<typeof loader>>, "values" | "view"> & { errors: object };
  init: { status: number };
};

async function send(buyer: BuyerScope, form: Record<string, string>, accepted: string[] = []) {
  const pairs = [
    ...Object.entries(form),
    ...accepted.map((value): [string, string] => ["acceptedPrice", value]),
  ];
  const sent = args(buyer, pairs);
  const answer = (await action(sent)) as unknown as Answer;
  return { ...answer, context: sent.context, cookies: sent.cookies };
}

const ordersOf = async ({ visitorId }: BuyerScope) =>
  test.db.selectFrom("orders").select("total_fen").where("visitor_id", "=", visitorId).execute();

async function fieldsFor(buyer: BuyerScope, values = typed) {
  const { data } = await send(buyer, { ...values, step: "region" });
  const { quote } = data.view;
  if (!quote.ok) throw new Error(quote.reason);
  const [line] = quote.parcels.flatMap(({ lines }) => lines);
  if (!line) throw new Error("nothing is shown");
  const { orderKey, totalFen } = quote;
  return { ...values, orderKey, expectedTotalFen: String(totalFen), shown: shownValue(line) };
}

const setPrice = (priceFen: number) =>
  test.db
    .updateTable("listings")
    .set({ price_fen: priceFen })
    .where("id", "=", listing.id)
    .execute();

describe("the language button of the checkout", () => {
  it("keeps the address that was typed and answers in the other language", async () => {
    const buyer = await newBuyer();
    const half = { ...typed, phone: "138", county: "" };
    const { data, init, context, cookies } = await send(buyer, { ...half, locale: "en" });
    expect(init.status).toBe(200);
    expect(data).toMatchObject({ values: half, errors: {} });
    expect(data.view.choice).toMatchObject({ province: "440000" });
    expect(context.locale).toBe("en");
    expect(cookies).toEqual([expect.stringMatching(/^lang=en; Path=\/; .*HttpOnly/)]);
  });

  it("places no order, however whole the form is", async () => {
    const buyer = await newBuyer();
    const form = await fieldsFor(buyer);
    expect((await send(buyer, { ...form, locale: "en" })).init.status).toBe(200);
    expect(await ordersOf(buyer)).toEqual([]);
    expect((await readCart(test.db, buyer)).count).toBe(1);
  });

  it("is not believed with a language that does not exist", async () => {
    const buyer = await newBuyer();
    const { init, cookies } = await send(buyer, { ...typed, phone: "", locale: "fr; Path=/x" });
    expect(init.status).toBe(422);
    expect(cookies).toEqual([]);
  });
});

describe("a price that changed since the cart was filled", () => {
  it("is shown on the checkout before anything is typed, and again after a reload", async () => {
    const buyer = await newBuyer();
    await setPrice(3_100);
    for (const _ of [1, 2]) {
      const { view } = await loader(args(buyer));
      expect(view.quote).toMatchObject({
        problems: [{ kind: "price-changed", seenFen: 2_990, priceFen: 3_100 }],
      });
    }
  });

  it("makes no order until the button accepts it", async () => {
    const buyer = await newBuyer();
    await setPrice(3_100);
    const form = await fieldsFor(buyer);
    const refused = await send(buyer, form);
    expect(refused.init.status).toBe(409);
    expect(await ordersOf(buyer)).toEqual([]);
    const accepted = [acceptedValue(listing.id, 3_100)];
    await send(buyer, form, accepted).catch(() => undefined);
    await send(buyer, form, accepted).catch(() => undefined);
    expect(await ordersOf(buyer)).toEqual([{ total_fen: Number(form.expectedTotalFen) }]);
  });

  it("that moved once more is not accepted by what was said of the first", async () => {
    const buyer = await newBuyer();
    await setPrice(3_100);
    const form = await fieldsFor(buyer);
    await setPrice(3_500);
    const moved = await send(buyer, form, [acceptedValue(listing.id, 3_100)]);
    expect(moved.init.status).toBe(409);
    expect(moved.data.view.quote).toMatchObject({
      problems: [{ kind: "price-changed", seenFen: 2_990, priceFen: 3_500 }],
    });
    expect(await ordersOf(buyer)).toEqual([]);
  });

  it("is accepted for one's own cart only, and by nothing made by hand", async () => {
    const [mine, other] = [await newBuyer(), makeBuyer()];
    await fillCart(test.db, other, [{ listing, quantity: 1 }]);
    await setPrice(3_100);
    const form = await fieldsFor(mine);
    for (const made of ["x", `${listing.id}:`, `${listing.id}:-3100`, `${listing.id}:1e9`]) {
      expect((await send(mine, form, [made])).init.status).toBe(409);
    }
    await send(mine, form, [acceptedValue(listing.id, 3_100)]).catch(() => undefined);
    const cart = await readCart(test.db, other);
    expect(cart.groups[0]?.lines[0]?.problems).toEqual(["price-changed"]);
  });

  it("is not accepted by asking for the next list or for the other language", async () => {
    const buyer = await newBuyer();
    await setPrice(3_100);
    const form = await fieldsFor(buyer);
    const accepted = [acceptedValue(listing.id, 3_100)];
    await send(buyer, { ...form, step: "region" }, accepted);
    await send(buyer, { ...form, locale: "en" }, accepted);
    expect((await readCart(test.db, buyer)).canCheckOut).toBe(false);
  });
});

describe("an old checkout form", () => {
  it("sent after its buyer signed out in the same browser orders nothing and says why", async () => {
    const buyer = await newBuyer();
    const form = await fieldsFor(buyer);
    await send(buyer, form).catch(() => undefined);
    expect(await ordersOf(buyer)).toHaveLength(1);
    const { visitorId } = buyer;
    await claimVisitor(test.db, { visitorId: visitorId ?? "", userId: `user of ${visitorId}` });
    for (const isEmpty of [true, false]) {
      if (!isEmpty) await fillCart(test.db, buyer, [{ listing, quantity: 1 }]);
      const { data, init } = await send(buyer, form);
      expect(init.status).toBe(409);
      expect(data).toMatchObject({ refused: { reason: "form-used" }, values: typed });
      expect(data.view.quote.ok).toBe(!isEmpty);
    }
    expect(await ordersOf(buyer)).toHaveLength(1);
  });
});
