import type { Kysely } from "kysely";
import { settleDispute } from "#app/domain/payments/settle-dispute.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";

/** A bank took so much of an order's payment, and this is what it says of it now; settled. */
export async function settleDisputed(
  db: Kysely<DB>,
  payments: TestPayments,
  told: {
    orderId: string;
    fen: number;
    status:
      | "needs_response"
      | "won"
      | "lost"
      | "appeal_under_review"
      | "warning_needs_response"
      | "warning_closed"
      | "prevented";
    id: string;
    /** Of another payment than its first. */
    paymentIntentId?: string;
    /** Stripe's balance does not show yet that anything was taken. */
    isUntaken?: boolean;
    /** What Stripe charges for it. */
    feeFen?: number;
    /** CNY unless said otherwise. */
    currency?: string;
    /** What the bank's line is in the currency in which Stripe's account settles, if another. */
    taken?: { fen: number; currency: string };
  },
) {
  const { orderId, fen, status, id, isUntaken, currency = "cny", feeFen = 0 } = told;
  const { taken = { fen, currency } } = told;
  const first = await db
    .selectFrom("payments")
    .select("payment_intent_id")
    .where("order_id", "=", orderId)
    .orderBy("id")
    .executeTakeFirstOrThrow();
  const paymentIntentId = told.paymentIntentId ?? first.payment_intent_id;
  const moved = (of: string, signed: number) => ({
    ...{ id: `txn_${id}_${of}`, currency: taken.currency },
    ...{ fen: Math.sign(signed) * taken.fen, feeFen: signed < 0 ? feeFen : 0 },
    movedAt: new Date(),
  });
  const isInquiry = status.startsWith("warning_") || status === "prevented";
  const back = status === "won" ? [moved("back", fen)] : [];
  const gateway = {
    ...payments.gateway,
    retrieveDispute: async () => ({
      ok: true as const,
      dispute: {
        ...{ id, fen, status, currency, reason: "general", dueAt: null },
        ...{ chargeId: `ch_of_${id}`, paymentIntentId, orderId },
        movements: isInquiry || isUntaken ? [] : [moved("taken", -fen), ...back],
      },
    }),
  };
  const settled = await settleDispute(db, gateway, { disputeId: id });
  if (!settled.ok) throw new Error(settled.reason);
}
