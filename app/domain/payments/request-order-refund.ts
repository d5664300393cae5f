import { type Transaction as DbTransaction, sql } from "kysely";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import { isAtBank } from "./at-bank.ts";
import { isMadeUp } from "./made-up.ts";
import { markOfPlan } from "./mark-of-plan.ts";
import { type PlannedRefund, planRefund, type RefundOf } from "./plan-refund.ts";
import { readLeft, readRefundable } from "./read-left.ts";
import type { RefundReason } from "./refund-reasons.ts";
import { type RefundRow, writeParts, writeRefund } from "./request-refund.ts";

export type RequestedRefund =
  | { ok: true; refundId: string; fen: number; isNew: boolean }
  | Extract<PlannedRefund, { ok: false }>
  | { ok: false; reason: "not-paid" | "payment-made-up" | "payment-disputed" | "plan-changed" };

/** The payment that made the order paid; late and second ones were put aside in suspense. */
export async function readSalePayment(trx: DbTransaction<DB>, orderId: string) {
  const { rows } = await sql<{ id: string; isAtBank: boolean; isMadeUp: boolean }>`
    select p.id, ${isAtBank(sql`p.id`)} as "isAtBank", ${isMadeUp(sql`p`)} as "isMadeUp"
    from payments p
    where p.order_id = ${orderId} and not exists (
      select from ledger_transactions t where t.idempotency_key = 'suspense:' || p.id)
    order by p.id limit 1`.execute(trx);
  return rows[0] ?? null;
}

/**
 * Asks for a refund of a paid order, or of one parcel of it: all, a line, a quantity, an amount or
 * freight (see plan-refund.ts for the rules). Who gives back how much is written down with it, and
 * the job that carries it out is queued, inside the caller's transaction. The same key again is
 * the same refund (`isNew: false`), whatever it says.
 *
 * Fails with `not-paid`, `payment-made-up` (no Stripe has its money), `payment-disputed` (a bank
 * has the money and has yet to decide; one that only asks stops nothing), `nothing-left`, `unknown-line`, `not-an-amount` (zero, negative, not whole), `more-than-left` (with what there
 * is) or `plan-changed` (`seen` is the mark of the plan somebody was shown, and it does not hold any
 * more). The caller holds the order's row, so two refunds at once are planned one by one.
 */
export async function requestOrderRefund(
  trx: DbTransaction<DB>,
  asked: {
    orderId: string;
    /** Null for the whole order. */
    parcelId: string | null;
    of: RefundOf;
    reason: RefundReason;
    key: string;
    note?: string;
    seen?: string;
    userId: string | null;
    /** Carried out already; nothing is queued. */
    isGiven?: boolean;
    transfer?: RefundRow["transfer"];
  },
): Promise<RequestedRefund> {
  const { orderId, parcelId, reason, userId } = asked;
  const payment = await readSalePayment(trx, orderId);
  if (!payment) return { ok: false, reason: "not-paid" };
  const known = await trx
    .selectFrom("refunds")
    .select(["id", "fen"])
    .where("idempotency_key", "=", `refund:${payment.id}:${asked.key}`)
    .executeTakeFirst();
  if (known) return { ok: true, refundId: known.id, fen: known.fen, isNew: false };
  if (payment.isMadeUp && !asked.isGiven) return { ok: false, reason: "payment-made-up" };
  if (payment.isAtBank && !asked.isGiven) return { ok: false, reason: "payment-disputed" };
  // What was promised is owed wherever its goods are by now: they may be sent later, in another parcel.
  const within = asked.of.kind === "promised" ? null : parcelId;
  const left = await readLeft(trx, orderId, within);
  const plan = planRefund(left, asked.of, await readRefundable(trx, orderId));
  if (!plan.ok) return plan;
  if (asked.seen !== undefined && asked.seen !== markOfPlan(left, plan.parts)) {
    return { ok: false, reason: "plan-changed" };
  }
  const { note, key, transfer } = asked;
  const row = { paymentId: payment.id, orderId, parcelId, fen: plan.fen, reason, note, userId };
  const { id } = await writeRefund(trx, { ...row, key, transfer });
  await writeParts(trx, id, plan.parts);
  if (!asked.isGiven) {
    await queueJob(trx, "refund-payment", { refundId: id }, { key: `refund-payment:${id}` });
  }
  return { ok: true, refundId: id, fen: plan.fen, isNew: true };
}
