import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { standingOf, stockOf } from "#tests/factories/look.ts";
import { loseCheckout, makeCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { HOLD_MS } from "../orders/place-order.ts";
import { cancelOrder } from "./cancel-order.ts";
import { closeCheckout } from "./close-checkout.ts";
import { expireOrder } from "./expire-order.ts";
import { openCheckout } from "./open-checkout.ts";
import { settlePayment } from "./settle-payment.ts";

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

async function makeUnpaid() {
  const listing = await makeListing(database.db);
  const order = await makeCheckout(database.db, payments, [{ listing, quantity: 1 }]);
  return { ...order, stock: () => stockOf(database.db, listing.lotIds) };
}

/** Stripe when the buyer is done and her bank has not decided: such a checkout is not open. */
function undecided(): PaymentGateway {
  return {
    ...payments.gateway,
    expireCheckout: async () => ({ ok: false, reason: "not-open" }),
    retrieveCheckout: async (id) => {
      const found = await payments.gateway.retrieveCheckout(id);
      if (!found.ok) return found;
      const checkout = { ...found.checkout, status: "complete", isProcessing: true } as const;
      return { ok: true, checkout };
    },
  };
}

describe("a checkout that is to be paid no more", () => {
  test("is closed while it is open, and stays so", async () => {
    const { checkoutSessionId, url } = await makeUnpaid();
    for (let turn = 0; turn < 2; turn++) {
      expect(await closeCheckout(payments.gateway, checkoutSessionId)).toBe("closed");
    }
    expect(await payments.pay(url)).toBe(false);
  });

  test("is said to be paid when the buyer was faster", async () => {
    const { checkoutSessionId, url } = await makeUnpaid();
    await payments.pay(url);
    expect(await closeCheckout(payments.gateway, checkoutSessionId)).toBe("paid");
  });

  test("is not closed when Stripe does not know it, or is away, or has it open still", async () => {
    expect(await closeCheckout(payments.gateway, "cs_test_nobody")).toBe("payments-unavailable");
    const { checkoutSessionId } = await makeUnpaid();
    const stubborn: PaymentGateway = {
      ...payments.gateway,
      expireCheckout: async () => ({ ok: false, reason: "not-open" }),
    };
    expect(await closeCheckout(stubborn, checkoutSessionId)).toBe("payments-unavailable");
    const away = { ok: false, reason: "payments-unavailable" } as const;
    const notOpen = { ok: false, reason: "not-open" } as const;
    const answering = (expired: typeof away | typeof notOpen): PaymentGateway => ({
      ...payments.gateway,
      expireCheckout: async () => expired,
      retrieveCheckout: async () => away,
    });
    for (const expired of [away, notOpen]) {
      expect(await closeCheckout(answering(expired), "cs_test_1")).toBe("payments-unavailable");
    }
  });
});

describe("an order whose payment the bank has not decided", () => {
  test("keeps its stock after its time, and ends by nobody's hand", async () => {
    const { orderId, checkoutSessionId, buyer, number, stock } = await makeUnpaid();
    expect(await closeCheckout(undecided(), checkoutSessionId)).toBe("processing");
    const now = new Date(payments.clock.now.getTime() + HOLD_MS + 1_000);
    const expired = await expireOrder(database.db, undecided(), { orderId, now });
    expect(expired).toEqual({ ok: true, outcome: "processing" });
    expect(await cancelOrder(database.db, undecided(), buyer, { number })).toMatchObject({
      ok: false,
      reason: "order-not-cancellable",
      status: "pending-payment",
    });
    expect(await standingOf(database.db, orderId)).toMatchObject({ status: "pending-payment" });
    expect(await stock()).toEqual({ available: 9, held: 1, sold: 0 });
  });
});

describe("an order whose payment page was lost on the way to us", () => {
  test("keeps the time that it was given since, though that page's own is over", async () => {
    const { db } = database;
    const { orderId, checkoutSessionId, buyer, stock } = await makeUnpaid();
    await loseCheckout(db, orderId);
    const at = (minutes: number) => new Date(payments.clock.now.getTime() + minutes * 60_000);
    const away: PaymentGateway = {
      ...payments.gateway,
      createCheckout: async () => ({ ok: false, reason: "payments-unavailable" }),
    };
    const again = { orderId, publicUrl: "http://localhost:3000", now: at(20) };
    expect(await openCheckout(db, away, buyer, again)).toMatchObject({ ok: false });
    expect(await payments.gateway.expireCheckout(checkoutSessionId)).toMatchObject({ ok: true });
    const settle = (now: Date) => settlePayment(db, payments.gateway, { checkoutSessionId, now });
    expect(await settle(at(32))).toMatchObject({ ok: true, outcome: "over" });
    expect(await standingOf(db, orderId)).toMatchObject({ status: "pending-payment" });
    expect(await stock()).toEqual({ available: 9, held: 1, sold: 0 });
    expect(await settle(at(52))).toMatchObject({ ok: true, outcome: "over" });
    expect(await standingOf(db, orderId)).toMatchObject({ status: "expired" });
    expect(await stock()).toEqual({ available: 10, held: 0, sold: 0 });
  });
});
