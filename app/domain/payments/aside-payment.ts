import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { leftFen } from "./left-fen.ts";
import { markOfPlan } from "./mark-of-plan.ts";
import { writeRefund } from "./request-refund.ts";

/** A payment that was put aside (see post-suspense.ts). */
export type AsidePayment = {
  id: string;
  orderId: string;
  orderNumber: string;
  currency: string;
  paidAt: Date;
  /** A bank has it in dispute. */
  isDisputed: boolean;
  /** Neither with the payer nor on its way to her, in the currency's smallest unit. */
  leftFen: number;
};

/** Null when there is no such payment, or it is a sale. Of use for writing to who holds its order's row. */
export async function readAside(
  db: Kysely<DB> | DbTransaction<DB>,
  paymentId: string,
): Promise<AsidePayment | null> {
  const { rows } = await sql<AsidePayment>`
    select p.id, p.order_id as "orderId", o.number as "orderNumber", p.currency,
      p.paid_at as "paidAt", p.status = 'disputed' as "isDisputed",
      ${leftFen(sql`p`)} as "leftFen"
    from payments p join orders o on o.id = p.order_id
    where p.id = ${paymentId} and exists (
      select from ledger_transactions t where t.idempotency_key = 'suspense:' || p.id)`.execute(db);
  return rows[0] ?? null;
}

/** The mark of giving back so much of it (see mark-of-plan.ts). */
export function markOfAside({ id, leftFen }: AsidePayment, fen: number): string {
  const of = (each: number) => [{ account: `suspense:${id}`, orderLineId: null, fen: each }];
  return markOfPlan(of(leftFen), of(fen));
}

/**
 * Writes down what has been paid by bank transfer of a payment that was put aside, as
 * requestOrderRefund does of an order's. The same key again is the same refund (`isNew: false`),
 * whatever it says: the caller compares.
 *
 * Fails with `not-an-amount` (zero, negative, not whole), `more-than-left` (with what there is) or
 * `plan-changed` (something else was given back since the plan of mark `seen` was shown). The caller
 * holds the order's row.
 */
export async function giveBackAside(
  trx: DbTransaction<DB>,
  aside: AsidePayment,
  asked: {
    fen: number;
    key: string;
    seen: string;
    userId: string;
    transfer: { paidOn: string; reference: string };
  },
) {
  const { fen, seen, ...given } = asked;
  const known = await trx
    .selectFrom("refunds")
    .select(["id", "fen"])
    .where("idempotency_key", "=", `refund:${aside.id}:${asked.key}`)
    .executeTakeFirst();
  if (known) return { ok: true, refundId: known.id, fen: known.fen, isNew: false } as const;
  if (!Number.isSafeInteger(fen) || fen <= 0)
    return { ok: false, reason: "not-an-amount" } as const;
  const leftFen = Math.max(0, aside.leftFen);
  if (fen > leftFen) return { ok: false, reason: "more-than-left", leftFen } as const;
  if (seen !== markOfAside(aside, fen)) return { ok: false, reason: "plan-changed" } as const;
  const of = { paymentId: aside.id, orderId: aside.orderId, fen, reason: "by-transfer" } as const;
  const { id } = await writeRefund(trx, { ...of, ...given });
  return { ok: true, refundId: id, fen, isNew: true } as const;
}
