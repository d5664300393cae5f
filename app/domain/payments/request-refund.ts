import { type Transaction as DbTransaction, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import type { Posting } from "../ledger/post.ts";
import type { RefundReason } from "./refund-reasons.ts";

export type RefundRow = {
  paymentId: string;
  orderId: string;
  parcelId?: string | null;
  fen: number;
  reason: RefundReason;
  /** What is asked for once, however often: part of Stripe's idempotency key too. */
  key: string;
  /** What the buyer reads with it. */
  note?: string;
  userId?: string | null;
  /** Paid by bank transfer already, on this day in China: it has succeeded, and no Stripe is asked. */
  transfer?: { paidOn: string; reference: string };
  /** Given by a bank already, by this lost dispute: the same. */
  disputeId?: string;
  /** The request that was let go of for it (count-verdicts.ts). */
  standsFor?: string | null;
  /** When the buyer was told of it, with that of which it is a part. */
  toldAt?: Date | null;
};

/**
 * Writes a refund down as `requested`, a bank transfer or what a bank gave as `succeeded`. `isNew: false` when the payment has one of this key, which
 * is answered as it stands. The caller holds the order's row and queues the carrying out.
 */
export async function writeRefund(
  trx: DbTransaction<DB>,
  asked: RefundRow,
): Promise<{ id: string; fen: number; isNew: boolean }> {
  const id = uuidv7();
  const idempotencyKey = `refund:${asked.paymentId}:${asked.key}`;
  const written = await trx
    .insertInto("refunds")
    .values({
      id,
      payment_id: asked.paymentId,
      order_id: asked.orderId,
      parcel_id: asked.parcelId ?? null,
      idempotency_key: idempotencyKey,
      status: asked.transfer || asked.disputeId ? "succeeded" : "requested",
      paid_on: asked.transfer?.paidOn ?? null,
      bank_reference: asked.transfer?.reference ?? null,
      dispute_id: asked.disputeId ?? null,
      stands_for_refund_id: asked.standsFor ?? null,
      reason: asked.reason,
      note: asked.note ?? "",
      told_at: asked.toldAt ?? null,
      asked_by_user_id: asked.userId ?? null,
      fen: asked.fen,
    })
    .onConflict((conflict) => conflict.column("idempotency_key").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (written) return { id, fen: asked.fen, isNew: true };
  const { rows } = await sql<{ id: string; fen: number }>`
    select id, fen from refunds where idempotency_key = ${idempotencyKey}`.execute(trx);
  const first = rows[0];
  if (!first) throw new Error(`refund ${idempotencyKey} is neither new nor known`);
  return { ...first, isNew: false };
}

/** What an account gives back, and in the stead of which failed refund (take-owed.ts). */
export type RefundPart = Posting & { promisedBy?: string | null };

/** Writes down which account gives back how much of a refund; of a payment put aside none does. */
export async function writeParts(
  trx: DbTransaction<DB>,
  refundId: string,
  parts: readonly RefundPart[],
): Promise<void> {
  if (parts.length === 0) return;
  const rows = parts.map(({ account, orderLineId, reliefAccountId, promisedBy, fen }) => ({
    ...{ id: uuidv7(), refund_id: refundId, account_code: account, fen },
    ...{ order_line_id: orderLineId, relief_account_id: reliefAccountId },
    replaces_refund_id: promisedBy ?? null,
  }));
  await trx.insertInto("refund_parts").values(rows).execute();
}

/**
 * Asks for a full refund of a payment that is no sale (late, or a second one): written down and
 * queued with the transaction that found the reason, carried out by the job. One payment and
 * reason make one refund, however often it is asked for. `fen` in the payment's own currency.
 */
export async function requestRefund(
  trx: DbTransaction<DB>,
  asked: Omit<RefundRow, "key" | "parcelId" | "userId">,
): Promise<void> {
  const { id, isNew } = await writeRefund(trx, { ...asked, key: asked.reason });
  if (isNew)
    await queueJob(trx, "refund-payment", { refundId: id }, { key: `refund-payment:${id}` });
}
