import { beforeEach, expect, test } from "vitest";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { makeCharged, makeListed } from "#tests/factories/charged-orders.ts";
import { standingOf } from "#tests/factories/look.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { cancelOrder } from "./cancel-order.ts";
import { refundPayment } from "./refund-payment.ts";

// An error of Stripe's own is kept under its key for a day: docs.stripe.com/api/idempotent_requests.
let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

const given = async () =>
  (await market.payments.stripe.refunds.list({})).data.map(({ amount }) => amount);

/** What a buyer asked back of CNY 67.80 by cancelling. */
async function makeAsked() {
  const { db, payments } = market;
  const order = await makeCharged(market);
  await cancelOrder(db, payments.gateway, order.buyer, { number: order.number, withRefund: true });
  const [asked] = (await standingOf(db, order.orderId)).refunds;
  return asked?.id ?? "";
}
const refund = (refundId: string, gateway = market.payments.gateway) =>
  refundPayment(market.db, gateway, { refundId });

test("a refund that met with an error of Stripe's own does not hear it for a day", async () => {
  const { payments } = market;
  const refundId = await makeAsked();
  await payments.control({ apiErrors: 1 });
  expect(await refund(refundId)).toMatchObject({ status: "requested" });
  expect(await given()).toEqual([]);
  expect(await refund(refundId)).toMatchObject({ status: "succeeded" });
  expect(await refund(refundId)).toMatchObject({ status: "succeeded" });
  expect(await given()).toEqual([6_780]);
});

test("and is looked for before it is sent anew: the error may have come after the refund", async () => {
  const { gateway } = market.payments;
  const refundId = await makeAsked();
  const failing: PaymentGateway = {
    ...gateway,
    async refund(asked) {
      await gateway.refund(asked);
      return { ok: false, reason: "refund-refused", code: "api_error" };
    },
  };
  expect(await refund(refundId, failing)).toMatchObject({ status: "requested" });
  expect(await refund(refundId)).toMatchObject({ status: "succeeded" });
  expect(await given()).toEqual([6_780]);
});

test("a payment page opens though its first key met with an error of Stripe's own", async () => {
  const { db, payments } = market;
  const listing = await makeListed(db);
  await payments.control({ apiErrors: 2 });
  const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
  expect(await payments.pay(order.url)).toBe(true);
});
