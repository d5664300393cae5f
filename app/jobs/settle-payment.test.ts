import { sql } from "kysely";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOLD_MS } from "#app/domain/orders/place-order.ts";
import { expireOrder } from "#app/domain/payments/expire-order.ts";
import { recordPaymentEvent } from "#app/domain/payments/record-event.ts";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { standingOf, stockOf } from "#tests/factories/look.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { settlePaymentJob } from "./settle-payment.ts";

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

const log = pino({ level: "silent" });

test("an order paid while Stripe answers 404 keeps its goods, and is paid once the key is right", async () => {
  const { db } = database;
  const listing = await makeListing(db);
  const order = await makeCheckout(db, payments, [{ listing, quantity: 2 }]);
  const { orderId, checkoutSessionId } = order;
  await payments.pay(order.url);
  const missing = async () => ({ ok: false, reason: "unknown-checkout" }) as const;
  const wrongKey: PaymentGateway = {
    ...payments.gateway,
    retrieveCheckout: missing,
    expireCheckout: missing,
  };
  const send = () =>
    recordPaymentEvent(db, {
      ...{ id: "evt_1", type: "checkout.session.completed", objectId: checkoutSessionId },
      ...{ checkoutSessionId, refundId: null, refundedChargeId: null, disputeId: null },
      ...{ failedPaymentIntentId: null, createdAt: new Date() },
    });
  const takeJob = async () => {
    const { rows } = await sql`delete from graphile_worker._private_jobs
      where key = 'settle-payment:' || ${checkoutSessionId}::text returning key`.execute(db);
    return rows.length;
  };
  expect(await send()).toEqual({ ok: true, isNew: true });
  expect(await takeJob()).toBe(1);
  const settle = (gateway: PaymentGateway) =>
    settlePaymentJob({ db, payments: gateway, log }, { checkoutSessionId });
  await expect(settle(wrongKey)).rejects.toThrow();
  const now = new Date(payments.clock.now.getTime() + HOLD_MS + 1_000);
  const expired = await expireOrder(db, wrongKey, { orderId, now });
  expect(expired).toEqual({ ok: false, reason: "payments-unavailable" });
  expect(await standingOf(db, orderId)).toMatchObject({ status: "pending-payment" });
  expect(await stockOf(db, listing.lotIds)).toMatchObject({ held: 2, sold: 0 });

  expect(await send()).toEqual({ ok: true, isNew: false });
  expect(await takeJob()).toBe(1);
  await settle(payments.gateway);
  expect(await standingOf(db, orderId)).toMatchObject({ status: "paid" });
  expect(await stockOf(db, listing.lotIds)).toMatchObject({ held: 0, sold: 2 });
  await send();
  expect(await takeJob()).toBe(0);
});
