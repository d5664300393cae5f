import { beforeEach, expect, test } from "vitest";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { settleAttempt } from "#app/domain/payments/settle-attempt.ts";
import { makeListed } from "#tests/factories/charged-orders.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { startReachableMarket } from "#tests/setup/webhooks.ts";

let market: Awaited<ReturnType<typeof startReachableMarket>>;
beforeEach(async () => {
  market = await startReachableMarket();
  await market.payments.control({ duplicate: 2, disorder: true });
  return () => market.close();
});

const DECLINED = "4000000000000002";
const FAILED = "payment_intent.payment_failed";

/** An unpaid order whose buyer's card was declined. */
async function makeDeclined() {
  const listing = await makeListed(market.db);
  const order = await makeCheckout(market.db, market.payments, [{ listing, quantity: 2 }]);
  expect(await market.payments.pay(order.url, DECLINED)).toBe(false);
  const { data } = await market.payments.stripe.paymentIntents.list({ limit: 1 });
  return { ...order, paymentIntentId: data[0]?.id ?? "" };
}
type Order = Awaited<ReturnType<typeof makeDeclined>>;
const view = ({ buyer, number }: Order) => readOrder(market.db, buyer, number);
const attempt = ({ paymentIntentId }: { paymentIntentId: string }) =>
  settleAttempt(market.db, market.payments.gateway, { paymentIntentId });
const eventOf = ({ paymentIntentId }: Order) =>
  market.db
    .selectFrom("stripe_events")
    .select(["outcome", "processed_at"])
    .where("type", "=", FAILED)
    .where("object_id", "=", paymentIntentId)
    .execute();

test("a declined card leaves the order waiting, and its buyer reads of it, nothing more", async () => {
  const order = await makeDeclined();
  expect((await view(order))?.isPaymentDeclined).toBe(false);
  await market.hear(FAILED, order.paymentIntentId);
  expect(await view(order)).toMatchObject({ status: "pending-payment", isPaymentDeclined: true });
  expect(await eventOf(order)).toEqual([{ outcome: "unpaid", processed_at: expect.any(Date) }]);
  expect(await attempt(order)).toMatchObject({ ok: true, outcome: "unpaid" });
  expect(await booksOf(market.db)).toEqual({});
  const rows = await market.db.selectFrom("orders").selectAll().execute();
  expect(JSON.stringify(rows)).not.toMatch(/card_declined|generic_decline/);
});

test("one paid with another card since is paid, whichever event comes last", async () => {
  const order = await makeDeclined();
  await market.hear(FAILED, order.paymentIntentId);
  expect(await market.payments.pay(order.url)).toBe(true);
  // Only the failure is heard of again: it brings the payment in.
  expect(await attempt(order)).toMatchObject({ ok: true, outcome: "settled" });
  await market.hear("checkout.session.completed", order.checkoutSessionId);
  expect(await attempt(order)).toMatchObject({ ok: true, outcome: "settled" });
  expect(await view(order)).toMatchObject({ status: "paid", isPaymentDeclined: false });
  expect((await standingOf(market.db, order.orderId)).payments).toHaveLength(1);
});

test("a payment that was tried on no checkout of ours changes nothing", async () => {
  expect(await attempt({ paymentIntentId: "pi_of_a_stranger" })).toEqual({
    ok: true,
    outcome: "not-ours",
  });
});
