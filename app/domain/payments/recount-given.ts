import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type ChargedPayment, planGiven, readLeftOf, TWICE_FEN } from "./plan-given.ts";
import { postRefund, reverseRefund } from "./post-refund.ts";
import { GIVEN_BY_HAND } from "./refund-reasons.ts";
import { writeParts, writeRefund } from "./request-refund.ts";

type Twice = {
  id: string;
  fen: number;
  status: string;
  stripeRefundId: string;
  toldAt: Date | null;
};

async function readPayment(trx: DbTransaction<DB>, paymentId: string): Promise<ChargedPayment> {
  const { rows } = await sql<ChargedPayment>`
    select p.id, p.order_id, p.currency, exists (select from ledger_transactions t
      where t.idempotency_key = 'suspense:' || p.id) as "isAside"
    from payments p where p.id = ${paymentId}`.execute(trx);
  const payment = rows[0];
  if (!payment) throw new Error(`payment ${paymentId} is gone`);
  return payment;
}

/** Refunds made by hand of which a part stands as given twice, oldest first. */
async function readTwice(trx: DbTransaction<DB>, paymentId: string): Promise<Twice[]> {
  const { rows } = await sql<Twice>`
    select r.id, r.fen, r.status, r.stripe_refund_id as "stripeRefundId", r.told_at as "toldAt"
    from refunds r where r.payment_id = ${paymentId} and r.status in ('pending', 'succeeded')
      and ${TWICE_FEN} > 0 order by r.id`.execute(trx);
  return rows;
}

/** The old row stands for nothing any more, what it posted is reversed, and another one says it anew. */
async function writeAnew(
  trx: DbTransaction<DB>,
  payment: ChargedPayment,
  old: Twice,
  now: Date,
): Promise<void> {
  const off = { status: "failed", failure: GIVEN_BY_HAND, stripe_refund_id: null };
  await trx
    .updateTable("refunds")
    .set({ ...off, updated_at: now })
    .where("id", "=", old.id)
    .execute();
  await reverseRefund(trx, old.id, now);
  const { parts } = await planGiven(trx, payment, {
    fen: old.fen,
    has: await readLeftOf(trx, payment),
  });
  const { id } = await writeRefund(trx, {
    ...{ paymentId: payment.id, orderId: payment.order_id, fen: old.fen },
    ...{ reason: "by-hand", key: `again:${old.id}` },
  });
  await writeParts(trx, id, parts);
  await trx
    .updateTable("refunds")
    .set({ status: old.status, stripe_refund_id: old.stripeRefundId, told_at: old.toldAt })
    .where("id", "=", id)
    .execute();
  const refund = { id, payment_id: payment.id, fen: old.fen, bank_reference: null };
  await postRefund(trx, refund, now);
}

/**
 * Counts what was given twice by hand for what is owed, as far as something is left again: a bank
 * transfer was taken back, another refund has failed, or a bank has given back what it took. What had
 * been posted is reversed and posted anew by the usual rules (plan-given.ts), so it is nobody's loss
 * that the buyer has once. Does nothing where nothing was given twice or nothing is left. The caller
 * holds the order's row and calls after what gave something back, before anything is owed for it.
 */
export async function recountGiven(
  trx: DbTransaction<DB>,
  paymentId: string,
  now: Date,
): Promise<void> {
  const twice = await readTwice(trx, paymentId);
  if (twice.length === 0) return;
  const payment = await readPayment(trx, paymentId);
  for (const old of twice) {
    const has = await readLeftOf(trx, payment);
    if ((await planGiven(trx, payment, { fen: 0, has })).leftFen <= 0) return;
    await writeAnew(trx, payment, old, now);
  }
}
