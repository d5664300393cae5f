import { beforeEach, expect, test } from "vitest";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { makeListed } from "#tests/factories/charged-orders.ts";
import { standingOf } from "#tests/factories/look.ts";
import { sendMessages } from "#tests/factories/messages.ts";
import {
  carryOutRefunds,
  loseCheckout,
  makeCheckout,
  refusingForGood,
} from "#tests/factories/payments.ts";
import { payAgain } from "#tests/factories/second-payments.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { expireOrder } from "./expire-order.ts";
import { refundPayment } from "./refund-payment.ts";
import { settlePayment } from "./settle-payment.ts";

const HOUR_MS = 60 * 60_000;
const PHONE = "+8613800000001";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

/** An order whose goods were somebody else's by the time that its buyer paid. */
async function makeLate() {
  const { db, payments } = market;
  const listing = await makeListed(db);
  const order = await makeCheckout(db, payments, [{ listing, quantity: 5 }]);
  const { orderId } = order;
  await loseCheckout(db, orderId);
  const now = new Date(Date.now() + HOUR_MS);
  await expireOrder(db, payments.gateway, { orderId, now });
  await makeCheckout(db, payments, [{ listing, quantity: 5 }]);
  expect(await payments.pay(order.url)).toBe(true);
  expect(await settlePayment(db, payments.gateway, order)).toMatchObject({ outcome: "refunding" });
  return order;
}

/** Every text that the buyer has by now. */
async function told() {
  await sendMessages(market.db, market.payments.sms);
  return market.payments.messagesTo(PHONE);
}

test("who paid too late and cannot be refunded hears that the money is kept for her, once", async () => {
  const { db, payments } = market;
  const { number, orderId } = await makeLate();
  await carryOutRefunds(db, refusingForGood(payments), orderId);
  await carryOutRefunds(db, refusingForGood(payments), orderId);
  expect(await told()).toEqual([expect.stringMatching(`${number}.*¥173.50.*退不回.*给您留着`)]);
});

test("and so does who paid twice", async () => {
  const { db, payments } = market;
  const listing = await makeListed(db);
  const order = await makeCheckout(db, payments, [{ listing, quantity: 2 }]);
  await payments.pay(order.url);
  await settlePayment(db, payments.gateway, order);
  await payAgain(db, payments, { orderId: order.orderId, totalFen: 6_780 });
  await carryOutRefunds(db, refusingForGood(payments), order.orderId);
  expect(await told()).toEqual([expect.stringMatching(/重复付款.*¥67.80.*退不回.*给您留着/)]);
});

test.each(["balance_insufficient", "charge_disputed"])(
  "who waits because of %s hears it after some hours, unless her bank has it, and when it goes",
  async (code) => {
    const { db, payments } = market;
    const { orderId } = await makeLate();
    const [asked] = (await standingOf(db, orderId)).refunds;
    const refusing: PaymentGateway = {
      ...payments.gateway,
      refund: async () => ({ ok: false, reason: "refund-refused", code }),
    };
    const refund = (gateway: PaymentGateway) =>
      refundPayment(db, gateway, { refundId: asked?.id ?? "" });
    for (let turn = 0; turn < 5; turn++) await refund(refusing);
    expect(await told()).toEqual([]);
    for (let turn = 0; turn < 3; turn++) await refund(refusing);
    const kept = code === "charge_disputed" ? [] : [expect.stringContaining("给您留着")];
    expect(await told()).toEqual(kept);
    await refund(payments.gateway);
    expect(await told()).toEqual([...kept, expect.stringContaining("按原路退回")]);
  },
);
