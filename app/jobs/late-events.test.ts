import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { recordPaymentEvent } from "#app/domain/payments/record-event.ts";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { refundPaymentJob } from "./refund-payment.ts";
import { settleAttemptJob } from "./settle-attempt.ts";
import { settleDisputeJob } from "./settle-dispute.ts";
import { settlePaymentJob } from "./settle-payment.ts";
import { settleRefundsJob } from "./settle-refunds.ts";

const log = pino({ level: "silent" });
let market: TestDatabase & { payments: TestPayments };
/** The order of which all of it is. */
let order: Awaited<ReturnType<typeof makeCharged>>;
let paymentIntentId: string;
beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
  order = await makeCharged(market, "4000000000000259");
  const { data } = await payments.stripe.charges.list({ limit: 1 });
  paymentIntentId = String(data[0]?.payment_intent);
});
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

const store = (id: string, objectId: string) =>
  recordPaymentEvent(market.db, {
    ...{ id, type: "some.thing", objectId, createdAt: new Date(), checkoutSessionId: null },
    ...{ refundId: objectId, refundedChargeId: null, disputeId: null, failedPaymentIntentId: null },
  });

/** The events of an object that have had their effect. */
async function processed(objectId: string): Promise<string[]> {
  const rows = await market.db
    .selectFrom("stripe_events")
    .select("event_id")
    .where("object_id", "=", objectId)
    .where("processed_at", "is not", null)
    .execute();
  return rows.map((row) => row.event_id);
}

/** The gateway, at which `then` happens once Stripe has answered one question and we do not know it yet. */
function answering<Name extends keyof PaymentGateway>(
  name: Name,
  then: (answer: unknown) => Promise<unknown>,
): PaymentGateway {
  const { gateway } = market.payments;
  const ask = gateway[name] as (...asked: unknown[]) => Promise<unknown>;
  const slow = async (...asked: unknown[]) => {
    const answer = await ask.apply(gateway, asked);
    await then(answer);
    return answer;
  };
  return { ...gateway, [name]: slow };
}

type Look = (payments: PaymentGateway, objectId: string) => Promise<void>;
const looks: [string, keyof PaymentGateway, () => Promise<string>, Look][] = [
  [
    "a checkout",
    "retrieveCheckout",
    async () => order.checkoutSessionId,
    (payments, checkoutSessionId) =>
      settlePaymentJob({ db: market.db, payments, log }, { checkoutSessionId }),
  ],
  [
    "a payment that failed",
    "findCheckout",
    async () => paymentIntentId,
    (payments, id) => settleAttemptJob({ db: market.db, payments }, { paymentIntentId: id }),
  ],
  [
    "a charge",
    "retrieveCharge",
    async () => order.chargeId,
    (payments, chargeId) => settleRefundsJob({ db: market.db, payments }, { chargeId }),
  ],
  [
    "a dispute",
    "retrieveDispute",
    async () => (await market.payments.stripe.disputes.list({ limit: 1 })).data[0]?.id ?? "",
    (payments, disputeId) => settleDisputeJob({ db: market.db, payments, log }, { disputeId }),
  ],
];

test.each(looks)(
  "an event of %s that comes while Stripe is asked waits for a look of its own",
  async (_what, name, objectOf, look) => {
    const objectId = await objectOf();
    await store(`evt_before_${name}`, objectId);
    await look(
      answering(name, () => store(`evt_during_${name}`, objectId)),
      objectId,
    );
    expect(await processed(objectId)).toEqual([`evt_before_${name}`]);
    await look(market.payments.gateway, objectId);
    expect(await processed(objectId)).toHaveLength(2);
  },
);

test("an event of a refund that comes while Stripe is asked waits for a look of its own", async () => {
  const { db, payments } = market;
  await payments.closeDispute(
    (await payments.stripe.disputes.list({ limit: 1 })).data[0]?.id ?? "",
    "won",
  );
  const { data } = await payments.stripe.disputes.list({ limit: 1 });
  await settleDisputeJob({ db, payments: payments.gateway, log }, { disputeId: data[0]?.id ?? "" });
  const of = { kind: "amount", fen: 100 } as const;
  const { scope, parcelId } = order;
  expect(await refundParcel(db, scope, { parcelId, of, clientKey: "k" })).toMatchObject({
    ok: true,
  });
  const { id: refundId } = await db.selectFrom("refunds").select("id").executeTakeFirstOrThrow();
  let stripeId = "";
  const during = answering("refund", async (answer) => {
    stripeId = (answer as { refund: { id: string } }).refund.id;
    await store("evt_during_refund", stripeId);
  });
  await refundPaymentJob({ db, payments: during, log }, { refundId });
  expect(stripeId).not.toBe("");
  expect(await processed(stripeId)).toEqual([]);
  await refundPaymentJob({ db, payments: payments.gateway, log }, { refundId });
  expect(await processed(stripeId)).toEqual(["evt_during_refund"]);
});
