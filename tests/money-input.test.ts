import { tmpdir } from "node:os";
import type { AppLoadContext } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerRefund } from "#app/coop/refunds/answer-refund.ts";
import { amountField, quantityField } from "#app/coop/refunds/refund-fields.ts";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readCart } from "#app/domain/carts/read-cart.ts";
import { quoteOrder } from "#app/domain/orders/quote-order.ts";
import { readParcelRefunds } from "#app/domain/parcels/read-parcel-refunds.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { action as offer } from "#app/farm/listings/whole.tsx";
import { spillInFolder } from "#app/gateways/spill.ts";
import { messages } from "#app/i18n/messages.ts";
import { action as changeCart } from "#app/shop/cart/page.tsx";
import { action as acceptPrice } from "#app/shop/cart/prices.ts";
import { action as checkOut } from "#app/shop/checkout/page.tsx";
import { shownValue } from "#app/shop/checkout/shown-field.ts";
import { action as addToCart } from "#app/shop/produce/page.tsx";
import { FOREIGN, NO_NUMBER, NO_YUAN } from "./factories/not-money.ts";
import { fillCart, makeAddress, makeBuyer } from "./factories/orders.ts";
import { makePaidCheckout } from "./factories/payments.ts";
import { makeHousehold } from "./factories/people.ts";
import { type MadeListing, makeListing } from "./factories/produce.ts";
import { makeSignIn, signInFarmer } from "./factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "./setup/database.ts";
import { startTestPayments, type TestPayments } from "./setup/payments.ts";

// Every form of the market that takes an amount or a number of units, and what must never pass.

const NO_COUNT = ["-1", "−1", "1.5", "0.999", "1e2", "1e30", "9007199254740992", "9".repeat(40)];

let database: TestDatabase;
let payments: TestPayments;
let signIn: ReturnType<typeof makeSignIn>;
beforeAll(async () => {
  database = await createTestDatabase();
  payments = await startTestPayments();
  signIn = makeSignIn(database.url);
  await makeAddress(database.db);
});
afterAll(async () => {
  await signIn.pool.end();
  await payments.close();
  await database.drop();
});

type Answered = { status: number; errors: Record<string, string>; refusal?: string };
type Action = (args: {
  request: Request;
  context: AppLoadContext;
  params: Record<string, string>;
}) => Promise<unknown>;

/** Sends a form to a page's action; the status and the errors it answers with. */
async function send(
  action: Action,
  fields: Record<string, string>,
  { buyer = makeBuyer(), headers = new Headers(), params = {} } = {},
): Promise<Answered> {
  const context = {
    db: database.db,
    auth: signIn.auth,
    payments: { createCheckout: async () => Promise.reject(new Error("nothing may be opened")) },
    locale: "zh",
    publicUrl: "http://market.test",
    visitorId: buyer.visitorId,
    setCookie: () => {},
    openSpill: () => spillInFolder(tmpdir()),
  } as unknown as AppLoadContext;
  const body = new URLSearchParams(fields);
  const request = new Request("http://market.test/", { method: "POST", body, headers });
  const answer = await action({ request, context, params });
  if (answer instanceof Response) return { status: answer.status, errors: {} };
  const { data, init } = answer as {
    data: { errors?: Record<string, string>; error?: string; refused?: { reason: string } | null };
    init: { status: number };
  };
  const errors = data.errors ?? (data.error ? { quantity: data.error } : {});
  return { status: init.status, errors, refusal: data.refused?.reason };
}

/** The field is marked, and its mark has words in both languages. */
function expectSaid(errors: Partial<Record<string, string>>, field: string, typed: string): void {
  const key = errors[field] as keyof typeof messages.zh.errors | undefined;
  expect(key, `nothing said of "${typed}" in ${field}`).toBeDefined();
  if (!key) return;
  expect([messages.zh.errors[key], messages.en.errors[key]], key).not.toContain(undefined);
}

async function inCart(buyer: BuyerScope) {
  const { groups } = await readCart(database.db, buyer);
  return groups.flatMap(({ lines }) => lines.map((line) => line.quantity));
}

async function seenPrice(listing: MadeListing) {
  const items = database.db.selectFrom("cart_items").select("seen_price_fen");
  return (await items.where("listing_id", "=", listing.id).execute())[0]?.seen_price_fen;
}

describe("what a buyer types", () => {
  test.each([...NO_NUMBER, ...NO_COUNT, "0", "1000", "9999", ...FOREIGN])(
    "as a quantity to add: %j puts nothing into the cart and is said beside the field",
    async (quantity) => {
      const [buyer, listing] = [makeBuyer(), await makeListing(database.db)];
      const params = { listingId: listing.id };
      const answered = await send(addToCart, { quantity, clientKey: uuidv7() }, { buyer, params });
      expect(answered.status).toBe(422);
      expectSaid(answered.errors, "quantity", quantity);
      expect(await inCart(buyer)).toEqual([]);
    },
  );

  test.each([...NO_NUMBER, ...NO_COUNT, "0", "100000001", ...FOREIGN])(
    "as the price that her page showed: %j puts nothing into the cart",
    async (seenPriceFen) => {
      const [buyer, listing] = [makeBuyer(), await makeListing(database.db)];
      const fields = { quantity: "1", clientKey: uuidv7(), seenPriceFen };
      const answered = await send(addToCart, fields, { buyer, params: { listingId: listing.id } });
      expect(answered.status).toBe(422);
      expectSaid(answered.errors, "seenPriceFen", seenPriceFen);
      expect(await inCart(buyer)).toEqual([]);
    },
  );

  test.each([...NO_NUMBER, ...NO_COUNT, "1000", "9999", ...FOREIGN])(
    "as a quantity in the cart: %j changes nothing and is said beside the field",
    async (quantity) => {
      const [buyer, listing] = [makeBuyer(), await makeListing(database.db)];
      await fillCart(database.db, buyer, [{ listing, quantity: 2 }]);
      const answered = await send(changeCart, { listingId: listing.id, quantity }, { buyer });
      expect(answered.status).toBe(422);
      expectSaid(answered.errors, "quantity", quantity);
      expect(await inCart(buyer)).toEqual([2]);
    },
  );

  test.each([...NO_NUMBER, ...NO_YUAN, "2989", "2991", "0xbae", ...FOREIGN])(
    "as a price to accept: %j accepts none",
    async (priceFen) => {
      const [buyer, listing] = [makeBuyer(), await makeListing(database.db)];
      await fillCart(database.db, buyer, [{ listing: { ...listing, priceFen: 1 }, quantity: 2 }]);
      const answered = await send(acceptPrice, { listingId: listing.id, priceFen }, { buyer });
      expect(answered.status).toBe(303);
      // The cart, to which she is led, goes on asking.
      expect(await seenPrice(listing)).toBe(1);
    },
  );

  // 0xece is 3790, the very sum in other digits.
  test.each([...NO_NUMBER, ...NO_COUNT, ...FOREIGN, "0xece", "3.79e3", "0", "1", "3789", "3791"])(
    "as the total she was shown: at %j nothing is ordered and she is shown the right one",
    async (expectedTotalFen) => {
      const [buyer, listing] = [makeBuyer(), await makeListing(database.db)];
      await fillCart(database.db, buyer, [{ listing, quantity: 1 }]);
      const address = {
        ...{ recipient: "王小姐", phone: "13800000001", street: "天河路 1 号" },
        ...{ province: "440000", city: "440100", county: "440106" },
      };
      const quote = await quoteOrder(database.db, buyer, { regionCode: address.county });
      const [line] = quote.ok ? quote.parcels.flatMap((parcel) => parcel.lines) : [];
      const shown = line ? shownValue(line) : "";
      const order = { ...address, orderKey: uuidv7(), expectedTotalFen, shown };
      const answered = await send(checkOut, order, { buyer });
      // Plain digits are another sum; anything else is none at all.
      const isSum = /^\d{1,12}$/.test(expectedTotalFen);
      expect(answered.status).toBe(isSum ? 409 : 422);
      if (isSum) expect(answered.refusal).toBe("total-changed");
      else expectSaid(answered.errors, "expectedTotalFen", expectedTotalFen);
      expect(await inCart(buyer)).toEqual([1]);
    },
  );
});

describe("what a farmer types", () => {
  const good = () => ({
    ...{ clientKey: uuidv7(), category: "apple", title: "苹果", titleEn: "", grade: "first" },
    ...{ unit: "box-5jin", unitGrams: "", price: "29.90", quantity: "40" },
    harvestedOn: shanghaiDay(new Date()),
  });

  test("as price, quantity or weight, of all that is none: is marked, and nothing is offered", async () => {
    const headers = await signInFarmer(database.db, signIn);
    await makeListing(database.db);
    const before = await database.db.selectFrom("listings").select("id").execute();
    const offered = async (field: "price" | "quantity" | "unitGrams", typed: string) => {
      const unit = field === "unitGrams" ? "bag" : "box-5jin";
      const answered = await send(offer, { ...good(), unit, [field]: typed }, { headers });
      expect(answered.status, typed).toBe(422);
      expectSaid(answered.errors, field, typed);
    };
    for (const typed of [...NO_NUMBER, ...NO_YUAN, ...FOREIGN]) await offered("price", typed);
    const counts = [...NO_NUMBER, "-1", "1.5", "1e30", "9007199254740992", "0", ...FOREIGN];
    // "1,5" is fifteen with a comma in it, as English writes thousands.
    for (const typed of counts.filter((text) => text !== "1,5")) {
      await offered("quantity", typed);
      await offered("unitGrams", typed);
    }
    expect(await database.db.selectFrom("listings").select("id").execute()).toEqual(before);
  });
});

describe("what a cooperative's manager types to give money back", () => {
  test("of all that is no amount: is marked, and nothing is refunded", async () => {
    const { db } = database;
    const household = await makeHousehold(db);
    const listing = await makeListing(db, { lots: [{ household, quantity: 3 }] });
    const order = await makePaidCheckout(db, payments, [{ listing, quantity: 3 }]);
    const [{ scope, parcelId, lineId } = { scope: null, parcelId: "", lineId: "" }] = order.lines;
    if (!scope) throw new Error("the order has no line");
    const refused = async (field: string, typed: string) => {
      const form = new FormData();
      for (const [name, value] of [
        ["note", "烂了一箱"],
        [field, typed],
      ] as const) {
        form.set(name, value);
      }
      const answered = await answerRefund(db, scope, parcelId, form);
      if (answered?.kind !== "form") throw new Error(`${typed} was taken: ${answered?.kind}`);
      // An empty field alone is a form in which nothing was asked for.
      expectSaid(answered.errors, typed.trim() === "" ? quantityField(lineId) : field, typed);
    };
    for (const typed of [...NO_NUMBER, ...NO_COUNT, "0", "4", ...FOREIGN]) {
      await refused(quantityField(lineId), typed);
    }
    for (const typed of [...NO_NUMBER, ...NO_YUAN, "89.71", ...FOREIGN]) {
      await refused(amountField(lineId), typed);
    }
    for (const typed of ["-1", "1.005", "1000", "1e30", "9".repeat(40), ...FOREIGN]) {
      await refused("freight", typed);
    }
    expect(await readParcelRefunds(db, scope, parcelId)).toEqual([]);
  });
});
