import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { queueJob } from "../queue/queue-job.ts";
import type { Sale } from "./on-its-way.ts";
import type { RefundReason } from "./refund-reasons.ts";
import { type RefundPart, writeParts, writeRefund } from "./request-refund.ts";

/** What Stripe last said of a request that was let go of; nothing where a bank took its verdict back. */
type Of = { id: string; failure?: string | null; refusals?: number };

/**
 * Asks once more for what a bank has not given of a request that was let go of for it: the rest of
 * one that it gave in part, or all that it has taken back. Why it was asked for, by whom and what the
 * buyer reads stay as they were, and what she was told of all of it holds for this. Stripe is asked at once. The caller holds the order's row.
 */
export async function keepAsked(
  trx: DbTransaction<DB>,
  { paymentId, orderId }: Sale,
  { id: standsFor, failure = null, refusals = 0 }: Of,
  { fen, parts }: { fen: number; parts: readonly RefundPart[] },
): Promise<void> {
  const was = await trx
    .selectFrom("refunds")
    .select(["reason", "note", "parcel_id", "asked_by_user_id", "told_at"])
    .where("id", "=", standsFor)
    .executeTakeFirstOrThrow();
  const asked = await trx
    .selectFrom("refunds")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("stands_for_refund_id", "=", standsFor)
    .executeTakeFirstOrThrow();
  const { id } = await writeRefund(trx, {
    ...{ paymentId, orderId, fen, standsFor, parcelId: was.parcel_id, note: was.note },
    // The only writer of the column takes a RefundReason.
    ...{ reason: was.reason as RefundReason, userId: was.asked_by_user_id },
    toldAt: was.told_at,
    key: `left:${standsFor}:${asked.count}`,
  });
  await writeParts(trx, id, parts);
  await trx.updateTable("refunds").set({ failure, refusals }).where("id", "=", id).execute();
  await queueJob(trx, "refund-payment", { refundId: id }, { key: `refund-payment:${id}` });
}
