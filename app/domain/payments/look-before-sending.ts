import type { Kysely } from "kysely";
import type { Charge, PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { findRefund } from "./find-refund.ts";
import { readLook } from "./keep-dispute.ts";
import { settleDispute } from "./settle-dispute.ts";
import { settleRefunds } from "./settle-refunds.ts";

/** Whether somebody gave back at Stripe by hand what our books know nothing of yet. */
async function hasStrange(db: Kysely<DB>, paymentId: string, given: Charge["refunds"]) {
  for (const each of given) {
    if (each.status === "failed") continue;
    if ((await findRefund(db, paymentId, each)) === null) return true;
  }
  return false;
}

/**
 * Brings in what has happened at Stripe to a payment before a refund of it is sent: what somebody gave
 * by hand, and what banks have taken or decided, may be this very money. `given` is what Stripe has
 * given back of it. Answers whether anything was news. Fails with `payments-unavailable`. Locks as
 * settleRefunds and settleDispute do.
 */
export async function lookBeforeSending(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { paymentId, chargeId, given }: { paymentId: string; chargeId: string; given: Charge["refunds"] },
): Promise<{ ok: true; isNews: boolean } | { ok: false; reason: "payments-unavailable" }> {
  const away = { ok: false, reason: "payments-unavailable" } as const;
  let isNews = await hasStrange(db, paymentId, given);
  if (isNews) {
    const settled = await settleRefunds(db, payments, { chargeId });
    if (!settled.ok && settled.reason === "payments-unavailable") return away;
  }
  const listed = await payments.listDisputes(chargeId);
  if (!listed.ok) return away;
  for (const { id: disputeId, status } of listed.disputes) {
    if ((await readLook(db, disputeId))?.status === status) continue;
    isNews = true;
    const settled = await settleDispute(db, payments, { disputeId });
    if (!settled.ok && settled.reason === "payments-unavailable") return away;
  }
  return { ok: true, isNews };
}
