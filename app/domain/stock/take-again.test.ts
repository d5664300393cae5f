import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { standingOf, stockOf } from "#tests/factories/look.ts";
import { loseCheckout, makeCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { HOLD_MS } from "../orders/place-order.ts";
import { expireOrder } from "../payments/expire-order.ts";
import { settlePayment } from "../payments/settle-payment.ts";

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

/** Two kinds of goods, ordered and let go, whose payment page could not be closed any more. */
async function makeLetGo() {
  const { db } = database;
  const [apples, honey] = [await makeListing(db), await makeListing(db)];
  const order = await makeCheckout(db, payments, [
    { listing: apples, quantity: 2 },
    { listing: honey, quantity: 1 },
  ]);
  const { orderId, checkoutSessionId } = order;
  await loseCheckout(db, orderId);
  const now = new Date(payments.clock.now.getTime() + HOLD_MS + 1_000);
  expect(await expireOrder(db, payments.gateway, { orderId, now })).toMatchObject({
    outcome: "expired",
  });
  const payLate = async () => {
    await payments.pay(order.url);
    return settlePayment(db, payments.gateway, { checkoutSessionId });
  };
  return { ...order, apples, honey, payLate };
}

describe("goods that were let go, paid too late", () => {
  test.each(["withdrawn", "paused"])(
    "are not sold when their listing is %s: all of it is refunded and nothing is taken",
    async (status) => {
      const { db } = database;
      const { orderId, totalFen, apples, honey, payLate } = await makeLetGo();
      await db.updateTable("listings").set({ status }).where("id", "=", honey.id).execute();
      expect(await payLate()).toMatchObject({ outcome: "refunding" });
      expect(await standingOf(db, orderId)).toMatchObject({
        status: "expired",
        refunds: [{ reason: "late-payment", fen: totalFen }],
      });
      for (const { lotIds } of [apples, honey]) {
        expect(await stockOf(db, lotIds)).toEqual({ available: 10, held: 0, sold: 0 });
      }
    },
  );

  test.each([
    { title_zh: "压伤的小苹果" },
    { title_en: "Bruised small apples" },
    { grade: "second" },
    { unit_grams: 500 },
    { price_fen: 2_991 },
    { ships_from: "2027-03-01", presale_limit: 50 },
    { sold_in_cycles: true },
  ])("are not sold when by now something else is offered: %o", async (otherwise) => {
    const { db } = database;
    const { orderId, apples, payLate } = await makeLetGo();
    await db.updateTable("listings").set(otherwise).where("id", "=", apples.id).execute();
    expect(await payLate()).toMatchObject({ outcome: "refunding" });
    expect(await standingOf(db, orderId)).toMatchObject({ status: "expired" });
    expect(await stockOf(db, apples.lotIds)).toEqual({ available: 10, held: 0, sold: 0 });
  });

  test("are sold while every one of them is still offered", async () => {
    const { db } = database;
    const { orderId, apples, honey, payLate } = await makeLetGo();
    expect(await payLate()).toMatchObject({ outcome: "settled" });
    expect(await standingOf(db, orderId)).toMatchObject({ status: "paid", refunds: [] });
    expect(await stockOf(db, apples.lotIds)).toEqual({ available: 8, held: 0, sold: 2 });
    expect(await stockOf(db, honey.lotIds)).toEqual({ available: 9, held: 0, sold: 1 });
  });
});
