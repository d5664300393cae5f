import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { standingOf, stockOf } from "#tests/factories/look.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { cancelOrder } from "./cancel-order.ts";

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

/** An order whose money is at Stripe and of which we have not heard yet. */
async function makePaidUnheard() {
  const listing = await makeListing(database.db);
  const order = await makeCheckout(database.db, payments, [{ listing, quantity: 1 }]);
  await payments.pay(order.url);
  return { ...order, lotIds: listing.lotIds };
}

/** Stripe answers once what became of a checkout, and then no more. */
function fallingSilent(): PaymentGateway {
  let asked = 0;
  return {
    ...payments.gateway,
    retrieveCheckout: async (id) =>
      ++asked === 1
        ? payments.gateway.retrieveCheckout(id)
        : { ok: false, reason: "payments-unavailable" },
  };
}

describe("cancelling an order that looks unpaid", () => {
  test.each([false, true])(
    "changes nothing when Stripe says paid and then falls silent (refund asked: %s)",
    async (withRefund) => {
      const { db } = database;
      const { buyer, number, orderId, lotIds } = await makePaidUnheard();
      const asked = { number, withRefund };
      expect(await cancelOrder(db, fallingSilent(), buyer, asked)).toEqual({
        ok: false,
        reason: "payments-unavailable",
      });
      expect((await standingOf(db, orderId)).status).toBe("pending-payment");
      expect(await stockOf(db, lotIds)).toEqual({ available: 9, held: 1, sold: 0 });
    },
  );

  test("is refused while a payment of another amount waits for the operator", async () => {
    const { db } = database;
    const { buyer, number, orderId, lotIds } = await makePaidUnheard();
    await sql`update orders set freight_fen = freight_fen + 1, total_fen = total_fen + 1
      where id = ${orderId}`.execute(db);
    for (const withRefund of [false, true]) {
      expect(await cancelOrder(db, payments.gateway, buyer, { number, withRefund })).toEqual({
        ok: false,
        reason: "order-not-cancellable",
        status: "pending-payment",
      });
    }
    expect((await standingOf(db, orderId)).payments).toMatchObject([{ status: "suspense" }]);
    expect(await stockOf(db, lotIds)).toMatchObject({ held: 1 });
  });
});
