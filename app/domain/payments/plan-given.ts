import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { ensureAccounts } from "../ledger/post.ts";
import { type LeftPart, planRefund } from "./plan-refund.ts";
import { readLeft } from "./read-left.ts";
import type { RefundPart } from "./request-refund.ts";

export type ChargedPayment = { id: string; order_id: string; isAside: boolean; currency: string };

/** SQL: what of refund `r` was given beyond what was left of its payment, in fen. */
export const TWICE_FEN = sql<number>`(select coalesce(sum(s.fen), 0)::bigint from refund_parts s
  where s.refund_id = r.id and s.account_code like 'given-twice:%')`;

/** What refunds, given or under way, have left of a payment that was put aside. */
async function leftAside(trx: DbTransaction<DB>, paymentId: string): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select p.fen - (select coalesce(sum(r.fen - ${TWICE_FEN}), 0)::bigint from refunds r
      where r.payment_id = p.id and r.status <> 'failed') as fen
    from payments p where p.id = ${paymentId}`.execute(trx);
  return rows[0]?.fen ?? 0;
}

/** What its accounts have left of a sale; a payment put aside is on none of them. */
export async function readLeftOf(
  trx: DbTransaction<DB>,
  payment: ChargedPayment,
): Promise<LeftPart[]> {
  return payment.isAside ? [] : readLeft(trx, payment.order_id, null);
}

/**
 * Who gives back what somebody gave by hand, or would (`leftFen`) of any amount: a sale by the rules of
 * plan-refund.ts out of what its accounts have left, what was promised and did not arrive first (take-owed.ts), of a payment put aside that; and all beyond it
 * `given-twice:market`: the buyer has had it already, and no household gives for it. `parts` are
 * those that refund_parts has. `has` is what readLeftOf says. The caller holds the order's row.
 */
export async function planGiven(
  trx: DbTransaction<DB>,
  payment: ChargedPayment,
  { fen, has }: { fen: number; has: readonly LeftPart[] },
): Promise<{ leftFen: number; twiceFen: number; parts: RefundPart[] }> {
  const leftFen = payment.isAside
    ? await leftAside(trx, payment.id)
    : has.reduce((sum, part) => sum + part.fen, 0);
  const ownFen = Math.min(fen, leftFen);
  const twiceFen = fen - ownFen;
  const own = planRefund(has, { kind: "given", fen: ownFen }, ownFen);
  const parts: RefundPart[] = own.ok ? [...own.parts] : [];
  if (twiceFen > 0) {
    const account = `given-twice:market${payment.currency === "cny" ? "" : `-${payment.currency}`}`;
    await ensureAccounts(trx, [account]);
    parts.push({ account, fen: twiceFen, orderLineId: null, reliefAccountId: null });
  }
  return { leftFen, twiceFen, parts };
}
