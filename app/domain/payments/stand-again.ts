import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { letGo } from "./let-go.ts";
import { reverseRefund } from "./post-refund.ts";
import { GIVEN_BY_BANK } from "./refund-reasons.ts";

type InItsStead = { id: string; fen: number; isByBank: boolean; isOpen: boolean };

/**
 * A request that a bank was taken to have given (count-verdicts.ts), and that Stripe has given all the
 * same: it had been sent when the bank's verdict was written down, and its answer was not. Takes back
 * what was written in its stead, so that the request stands again and the caller writes what Stripe
 * says of it; what the bank gave then counts for something else, or is the market's loss. False, and
 * nothing changes, when what stands in its stead is not all of it, or some of that is with Stripe too:
 * then both were given. The caller holds the order's row.
 */
export async function standAgain(
  trx: DbTransaction<DB>,
  refund: { id: string; fen: number },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<InItsStead>`
    select id, fen, dispute_id is not null as "isByBank",
      dispute_id is not null or status = 'requested' and stripe_refund_id is null as "isOpen"
    from refunds where stands_for_refund_id = ${refund.id} and status <> 'failed'
    order by id`.execute(trx);
  const fen = rows.reduce((sum, each) => sum + each.fen, 0);
  if (fen !== refund.fen || !rows.every(({ isOpen }) => isOpen)) return false;
  for (const { id, isByBank } of rows) {
    await letGo(trx, id, GIVEN_BY_BANK);
    if (isByBank) await reverseRefund(trx, id, now);
  }
  return true;
}
