import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeOrder } from "#tests/factories/orders.ts";
import { loseCheckout, makeCheckout } from "#tests/factories/payments.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { coopScope, householdScope, officerScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { readSales } from "../households/read-earnings.ts";
import { HOLD_MS } from "../orders/place-order.ts";
import { readHarvest } from "../parcels/read-harvest.ts";
import { readParcelLines } from "../parcels/read-parcel-lines.ts";
import { cancelOrder } from "../payments/cancel-order.ts";
import { expireOrder } from "../payments/expire-order.ts";
import { settlePayment } from "../payments/settle-payment.ts";
import { readStatement } from "../relief/read-statement.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});

/** Two boxes held of `first` and, as they were bought meanwhile, sold late of `second`. */
async function sellLate(first: MadeHousehold, second: MadeHousehold) {
  const { db } = database;
  const listing = await makeListing(db, {
    lots: [
      { household: first, quantity: 2, harvestedOn: "2026-11-01" },
      { household: second, quantity: 2, harvestedOn: "2026-11-05" },
    ],
  });
  const order = await makeCheckout(db, payments, [{ listing, quantity: 2 }]);
  const { orderId, checkoutSessionId } = order;
  await loseCheckout(db, orderId);
  const now = new Date(payments.clock.now.getTime() + HOLD_MS + 1_000);
  await expireOrder(db, payments.gateway, { orderId, now });
  await makeOrder(db, [{ listing, quantity: 2 }]);
  await payments.pay(order.url);
  const settled = await settlePayment(db, payments.gateway, { checkoutSessionId });
  expect(settled).toMatchObject({ outcome: "settled" });
  return order;
}

async function linesOf(orderId: string, cooperativeId: string) {
  const { db } = database;
  const parcels = await db
    .selectFrom("parcels")
    .select("id")
    .where("order_id", "=", orderId)
    .execute();
  const scope = coopScope({ userId: "manager", cooperativeId });
  return readParcelLines(
    db,
    scope,
    parcels.map(({ id }) => id),
  );
}

async function makeTwoHomes() {
  const cooperative = await makeCooperative(database.db);
  return [
    await makeHousehold(database.db, { cooperative }),
    await makeHousehold(database.db, { cooperative }),
  ] as const;
}

describe("goods taken again from other lots after a late payment", () => {
  test("are asked of the household that sold them, not of the one that held them first", async () => {
    const [first, second] = await makeTwoHomes();
    const order = await sellLate(first, second);
    const lines = await linesOf(order.orderId, first.cooperativeId);
    const expected = [{ householdId: second.id, quantity: 2 }];
    expect(lines.map((line) => line.sources)).toMatchObject([expected]);
    const scope = coopScope({ userId: "manager", cooperativeId: first.cooperativeId });
    const harvest = await readHarvest(database.db, scope, { status: "waiting" });
    expect(harvest).toMatchObject([{ quantity: 2, households: expected }]);
  });

  test("count once in the household's sales", async () => {
    const { db } = database;
    const home = await makeHousehold(db);
    await sellLate(home, home);
    const { id: householdId, cooperativeId } = home;
    const scope = householdScope({ userId: "head", householdId, cooperativeId });
    const { sales } = await readSales(db, scope, { lines: 5 });
    expect(sales).toMatchObject([{ quantity: 2, priceFen: 5_980, feeFen: 358, earnedFen: 5_622 }]);
  });

  test("count once in the relief account's statement", async () => {
    const { db } = database;
    const cooperative = await makeCooperative(db, { regionCode: "513423" });
    const home = await makeHousehold(db, { cooperative });
    await sellLate(home, home);
    const scope = officerScope({ userId: "officer", regionCode: "513423" });
    const statement = await readStatement(db, scope, { code: home.reliefCode });
    expect(statement?.entries).toMatchObject([{ kind: "sale", quantity: 2, fen: 5_622 }]);
  });

  test("still show where they came from once the order is cancelled and refunded", async () => {
    const [first, second] = await makeTwoHomes();
    const order = await sellLate(first, second);
    const asked = { number: order.number, withRefund: true };
    const off = await cancelOrder(database.db, payments.gateway, order.buyer, asked);
    expect(off).toMatchObject({ ok: true, refundFen: order.totalFen });
    const lines = await linesOf(order.orderId, first.cooperativeId);
    expect(lines.map((line) => line.sources)).toMatchObject([
      [{ householdId: second.id, quantity: 2 }],
    ]);
  });
});
