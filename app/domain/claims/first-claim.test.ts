import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimIdOf, deliver, makeClaim, makeDelivered } from "#tests/factories/claims.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { buyerScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { claimVisitor } from "../carts/claim-visitor.ts";
import type { BuyerScope } from "../scopes.ts";
import { readClaim } from "./read-claim.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
});
afterAll(() => payments.close());
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

describe("a small claim", () => {
  /** Another order of the same goods, delivered. */
  async function another(
    order: Awaited<ReturnType<typeof makeDelivered>>,
    of: { buyer?: BuyerScope; phone?: string } = {},
  ) {
    const { db } = database;
    const items = [{ listing: order.listing, quantity: 1 }];
    const other = await makePaidCheckout(db, payments, items, undefined, of);
    const [line] = other.lines;
    if (!line) throw new Error("no line");
    await deliver(db, line.scope, line.parcelId);
    return { ...other, line };
  }

  test("of the same phone is no first one, whoever it comes from", async () => {
    const order = await makeDelivered(database.db, payments);
    expect(await order.claim({ percent: 10 })).toMatchObject({ state: "settled" });
    const other = await another(order, { buyer: makeBuyer("somebody-else") });
    expect(await makeClaim(database.db, other, { percent: 10 })).toMatchObject({
      state: "waiting",
    });
  });

  test("of a guest whose number nobody confirmed waits for the cooperative, with a new phone and browser too", async () => {
    const { db } = database;
    const order = await makeDelivered(db, payments, makeBuyer());
    const sent = await order.claim({ percent: 10 });
    expect(sent).toMatchObject({ ok: true, state: "waiting" });
    const scope = { coop: order.line.scope };
    expect(await readClaim(db, scope, claimIdOf(sent))).toMatchObject({
      isFirst: true,
      isConfirmed: false,
    });
    const other = await another(order, { phone: "13999990000" });
    expect(await makeClaim(db, other, { percent: 10 })).toMatchObject({ state: "waiting" });
    // As soon as she confirms hers, a first claim is one again.
    const later = await another(order, { phone: "13999990001" });
    const { visitorId } = later.buyer;
    await claimVisitor(db, { visitorId, userId: "confirmed-now" });
    const buyer = buyerScope({ visitorId, userId: "confirmed-now" });
    expect(await makeClaim(db, { ...later, buyer }, { percent: 10 })).toMatchObject({
      state: "settled",
    });
  });

  test("two first ones of a buyer at once, to two phones, are not both the first", async () => {
    const { db } = database;
    const order = await makeDelivered(db, payments);
    const other = await another(order, { buyer: order.buyer, phone: "13999990002" });
    const both = await Promise.all([
      order.claim({ percent: 10 }),
      makeClaim(db, other, { percent: 10 }),
    ]);
    expect(both.map((sent) => sent.ok && sent.state).sort()).toEqual(["settled", "waiting"]);
  });
});
