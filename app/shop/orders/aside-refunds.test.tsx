import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import { messages } from "#app/i18n/messages.ts";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { carryOutRefunds } from "#tests/factories/payments.ts";
import { payAgain } from "#tests/factories/second-payments.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { MoneyTrail } from "./money-trail.tsx";
import { OrderState } from "./order-state.tsx";

let payments: TestPayments;
let database: TestDatabase;
beforeAll(async () => {
  payments = await startTestPayments();
});
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});
afterAll(() => payments.close());

type Order = Awaited<ReturnType<typeof makeCharged>>;
const make = () => makeCharged({ db: database.db, payments });

async function read({ buyer, number }: Order) {
  const order = await readOrder(database.db, buyer, number);
  if (!order) throw new Error("the buyer's own order is there");
  const draw = (locale: "zh" | "en") =>
    renderToStaticMarkup(
      <IntlProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
        <OrderState order={order} minutesLeft={0} news={null} />
        <MoneyTrail order={order} />
      </IntlProvider>,
    );
  return { order, zh: draw("zh"), en: draw("en") };
}

/** Paid once more in another currency, which goes back by itself. */
async function payInYen({ orderId }: Order, status: "succeeded" | "failed"): Promise<void> {
  const payment = {
    ...{ fen: 100_000, currency: "jpy", paymentIntentId: "pi_yen", chargeId: "ch_yen" },
    ...{ balanceTransactionId: null, paidAt: new Date() },
  };
  const checkout = {
    ...{ id: "cs_yen", status: "complete" as const, url: null, orderId, payment },
    ...{ expiresAt: new Date(), isProcessing: false, isDeclined: false },
  };
  const failure = status === "failed" ? "lost_or_stolen_card" : null;
  const refund = { id: "re_yen", status, failure, balanceTransactionId: null };
  const gateway = {
    ...payments.gateway,
    retrieveCheckout: async () => ({ ok: true as const, checkout }),
    findRefund: async () => ({ ok: true as const, refund: null }),
    refund: async () => ({ ok: true as const, refund }),
  };
  await settlePayment(database.db, gateway, { checkoutSessionId: checkout.id });
  await carryOutRefunds(database.db, { ...payments, gateway }, orderId);
}

test("yen that were paid as well and went back are told as yen, and are no yuan of the order", async () => {
  const made = await make();
  await payInYen(made, "succeeded");
  const { order, zh, en } = await read(made);
  expect(order).toMatchObject({ status: "paid", refundFen: 0, refunds: [] });
  expect(zh).toContain("重复付了一次，多付的 JPY 100000，已按原路退回");
  expect(en).toContain("the second payment of JPY 100000 has gone back");
  for (const page of [zh, en]) expect(page).not.toContain("1,000.00");
});

test("yen that could not go back are told as yen", async () => {
  const made = await make();
  await payInYen(made, "failed");
  const { order, zh } = await read(made);
  expect(order).toMatchObject({ refundFen: 0, stillOwedFen: 0 });
  expect(zh).toMatch(/JPY 100000.{0,4}没有退成/);
  expect(zh).not.toContain("1,000.00");
});

test("what goods gave back is told beside a second payment, each with its own amount", async () => {
  const made = await make();
  await payAgain(database.db, payments, made);
  await carryOutRefunds(database.db, payments, made.orderId);
  const { scope, parcelId, lineId: orderLineId } = made;
  const of = { kind: "amount", orderLineId, fen: 1_000 } as const;
  const asked = await refundParcel(database.db, scope, { parcelId, of, clientKey: uuidv7() });
  expect(asked).toMatchObject({ ok: true });
  await carryOutRefunds(database.db, payments, made.orderId);
  const { order, zh } = await read(made);
  expect(order).toMatchObject({ status: "partly-refunded", refundFen: 1_000 });
  expect(zh).toContain("已退款 ¥10.00，");
  expect(zh).toContain("重复付了一次，多付的 ¥67.80，已按原路退回");
  expect(zh).not.toContain("77.80");
  // What she has spent: her 67.80 less the 10.
  expect(zh).toContain("57.80");
});
