import { beforeEach, expect, test } from "vitest";
import { HOLD_MS } from "#app/domain/orders/place-order.ts";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { cancelOrder } from "#app/domain/payments/cancel-order.ts";
import { closeCheckout } from "#app/domain/payments/close-checkout.ts";
import { expireOrder } from "#app/domain/payments/expire-order.ts";
import { openCheckout } from "#app/domain/payments/open-checkout.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import { makeListed } from "#tests/factories/charged-orders.ts";
import { standingOf, stockOf } from "#tests/factories/look.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { startReachableMarket } from "#tests/setup/webhooks.ts";

let market: Awaited<ReturnType<typeof startReachableMarket>>;
beforeEach(async () => {
  market = await startReachableMarket();
  await market.payments.control({ duplicate: 2, disorder: true });
  return () => market.close();
});

const REFUSED = "checkout.session.async_payment_failed";

/** An order whose buyer has done all there is to do, and whose bank thinks it over and says no. */
async function makeSlow(delayMs: number) {
  const listing = await makeListed(market.db);
  const order = await makeCheckout(market.db, market.payments, [{ listing, quantity: 2 }]);
  await market.payments.control({ asyncPayment: "fail", asyncDelayMs: delayMs });
  expect(await market.payments.pay(order.url)).toBe(true);
  return { ...order, stock: () => stockOf(market.db, listing.lotIds) };
}
type Order = Awaited<ReturnType<typeof makeSlow>>;
const view = ({ buyer, number }: Order) => readOrder(market.db, buyer, number);
const publicUrl = "http://localhost:3000";
const pay = ({ buyer, orderId }: Order) =>
  openCheckout(market.db, market.payments.gateway, buyer, { orderId, publicUrl });
const settle = ({ checkoutSessionId }: Order, now = new Date()) =>
  settlePayment(market.db, market.payments.gateway, { checkoutSessionId, now });
/** The bank has decided by now. */
const decided = (order: Order) => market.hear(REFUSED, order.checkoutSessionId);

test("while a bank decides, its buyer reads so and is led to no page to pay on", async () => {
  const order = await makeSlow(3_600_000);
  await market.hear("checkout.session.completed", order.checkoutSessionId);
  expect(await view(order)).toMatchObject({
    ...{ status: "pending-payment", isPaymentProcessing: true, isBankRefused: false },
  });
  expect(await pay(order)).toEqual({ ok: false, reason: "payment-processing" });
  expect(await order.stock()).toMatchObject({ held: 2 });
});

test("an order with time left keeps its goods when a bank says no, and is paid on another page", async () => {
  const order = await makeSlow(0);
  await decided(order);
  expect(await view(order)).toMatchObject({
    ...{ status: "pending-payment", isPaymentProcessing: false, isBankRefused: true },
  });
  expect(await order.stock()).toMatchObject({ held: 2 });
  expect(await settle(order)).toMatchObject({ outcome: "over" });

  await market.payments.control({ asyncPayment: "off" });
  const opened = await pay(order);
  if (!opened.ok) throw new Error(opened.reason);
  expect(opened.url).not.toBe(order.url);
  expect(await pay(order)).toEqual(opened);
  // What is heard of the first page once more ends neither the order nor the second page.
  expect(await settle(order)).toMatchObject({ outcome: "over" });
  expect(await market.payments.pay(opened.url)).toBe(true);
  await market.hear(
    "checkout.session.completed",
    new URL(opened.url).pathname.split("/").at(-1) ?? "",
  );
  expect(await view(order)).toMatchObject({ status: "paid", isPaymentProcessing: false });
  expect((await standingOf(market.db, order.orderId)).payments).toHaveLength(1);
});

test("a buyer who asks whether the bank has decided is told that it said no, though no webhook came", async () => {
  const order = await makeSlow(1_000);
  expect(await settle(order)).toMatchObject({ outcome: "processing" });
  market.payments.clock.aheadMs = 5_000;
  await expect
    .poll(() => pay(order), { timeout: 8_000, interval: 1_700 })
    .not.toMatchObject({
      reason: "payment-processing",
    });
  expect(await view(order)).toMatchObject({ status: "pending-payment", isBankRefused: true });
  expect(await pay(order)).toMatchObject({ ok: true });
});

test("only its time ends it, and then it is said that the bank had not paid", async () => {
  const order = await makeSlow(0);
  await decided(order);
  const now = new Date(Date.now() + HOLD_MS + 1_000);
  const { orderId } = order;
  expect(await expireOrder(market.db, market.payments.gateway, { orderId, now })).toEqual({
    ...{ ok: true, outcome: "expired" },
  });
  expect(await view(order)).toMatchObject({ status: "expired", isBankRefused: true });
  expect(await order.stock()).toMatchObject({ held: 0 });
});

test("a bank that says no after its time ends it at once", async () => {
  const order = await makeSlow(1_000);
  expect(await settle(order)).toMatchObject({ outcome: "processing" });
  market.payments.clock.aheadMs = 5_000;
  const late = new Date(Date.now() + HOLD_MS + 1_000);
  await expect
    .poll(async () => (await settle(order, late)).ok && (await view(order))?.status, {
      timeout: 8_000,
    })
    .toBe("expired");
  expect(await view(order)).toMatchObject({ isBankRefused: true });
});

test("an order that its buyer cancels is cancelled, though the news of its closed page is faster", async () => {
  const listing = await makeListed(market.db);
  const order = await makeCheckout(market.db, market.payments, [{ listing, quantity: 1 }]);
  const { gateway } = market.payments;
  const racing = {
    ...gateway,
    async expireCheckout(id: string) {
      const closed = await gateway.expireCheckout(id);
      await settlePayment(market.db, gateway, { checkoutSessionId: id });
      return closed;
    },
  };
  const { buyer, number } = order;
  expect(await cancelOrder(market.db, racing, buyer, { number })).toMatchObject({ ok: true });
  expect((await readOrder(market.db, buyer, number))?.status).toBe("cancelled");
  expect(await closeCheckout(gateway, order.checkoutSessionId)).toBe("closed");
});
