import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { settleRefundsJob } from "#app/jobs/settle-refunds.ts";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { carryOutRefunds } from "#tests/factories/payments.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { readTroubledRefunds } from "../operations/read-troubled-refunds.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

/** What the worker would do next about money given back; how much there was to do. */
async function lookAtStripe(): Promise<number> {
  const { db, payments } = market;
  const { rows } = await sql<{ payload: { chargeId: string } }>`
    select payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'settle-refunds'`.execute(db);
  for (const { payload } of rows) {
    await settleRefundsJob({ db, payments: payments.gateway }, payload);
  }
  return rows.length;
}

test.each([
  { byHand: 5_000, failure: "StripeInvalidRequestError", owed: 1_780, status: "cancelled" },
  { byHand: 6_780, failure: "charge_already_refunded", owed: 0, status: "refunded" },
])(
  "a refund that Stripe refuses with $failure counts what was given back there by hand just before, without a webhook",
  async ({ byHand, failure, owed, status }) => {
    const { db, payments } = market;
    const { orderId, chargeId, scope, parcelId } = await makeCharged({ db, payments });
    expect(await cancelParcel(db, scope, { parcelId, reason: "霜冻" })).toMatchObject({ ok: true });
    const gateway: typeof payments.gateway = {
      ...payments.gateway,
      async refund(asked) {
        await payments.stripe.refunds.create({ charge: chargeId, amount: byHand });
        return payments.gateway.refund(asked);
      },
    };
    await carryOutRefunds(db, { ...payments, gateway }, orderId);
    const refused = await db.selectFrom("refunds").select(["status", "failure"]).execute();
    expect(refused).toEqual([{ status: "failed", failure }]);
    expect(await lookAtStripe()).toBe(1);

    expect(await standingOf(db, orderId)).toMatchObject({
      status,
      refunds: [{ status: "failed" }, { status: "succeeded", reason: "by-hand", fen: byHand }],
    });
    const books = owed > 0 ? { "owed:yanyuan": -owed, "stripe:clearing": owed } : {};
    expect(await booksOf(db)).toEqual(books);
    const operator = operatorScope({ userId: "operator" });
    const trouble = await readTroubledRefunds(db, operator, { limit: 9 });
    expect(trouble.rows.map(({ owedFen }) => owedFen)).toEqual(owed > 0 ? [owed] : []);
  },
);
