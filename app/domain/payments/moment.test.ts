import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { cancelOrder } from "./cancel-order.ts";
import { refundPayment } from "./refund-payment.ts";
import { settlePayment } from "./settle-payment.ts";

let market: TestDatabase & { payments: TestPayments };
beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
});
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

test("what settling and refunding write down happened at the moment they are told", async () => {
  const { db, payments } = market;
  const { gateway } = payments;
  const settledAt = new Date("2031-05-01T08:00:00Z");
  const refundedAt = new Date("2031-05-02T08:00:00Z");
  const listing = await makeListing(db);
  const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
  const { orderId, checkoutSessionId, number, buyer } = order;
  await payments.pay(order.url);
  await settlePayment(db, gateway, { checkoutSessionId, now: settledAt });
  const changed = (table: "orders" | "parcels" | "refunds") =>
    db.selectFrom(table).select("updated_at").execute();
  expect(await changed("orders")).toEqual([{ updated_at: settledAt }]);
  expect(await changed("parcels")).toEqual([{ updated_at: settledAt }]);

  await cancelOrder(db, gateway, buyer, { number, withRefund: true, now: settledAt });
  const { id: refundId } = await db
    .selectFrom("refunds")
    .select("id")
    .where("order_id", "=", orderId)
    .executeTakeFirstOrThrow();
  await refundPayment(db, gateway, { refundId, now: refundedAt });
  expect(await changed("refunds")).toEqual([{ updated_at: refundedAt }]);
  expect(await changed("orders")).toEqual([{ updated_at: refundedAt }]);
  const posted = db.selectFrom("ledger_transactions").select("occurred_at");
  expect(await posted.where("kind", "=", "refund").execute()).toEqual([
    { occurred_at: refundedAt },
  ]);
});
