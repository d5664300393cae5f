import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type Posting, postTransaction } from "../ledger/post.ts";

type Own = { account: string; owed: string; orderLineId: string | null; fen: number } & Posting;

/** What a refund was to take from those who sold, and the account on which it is kept. */
async function readOwn(trx: DbTransaction<DB>, refundId: string): Promise<Own[]> {
  const { rows } = await sql<Own>`
    select s.account_code as account, 'owed:' || c.slug as owed, s.fen,
      s.order_line_id as "orderLineId", s.relief_account_id as "reliefAccountId"
    from refund_parts s join refunds r on r.id = s.refund_id
    left join order_lines l on l.id = s.order_line_id
    join parcels p on p.order_id = r.order_id
    join cooperatives c on c.id = p.cooperative_id
    where s.refund_id = ${refundId} and s.account_code ~ '^(relief|coop-fee|freight):'
      and (p.id = l.parcel_id or l.id is null and p.carries_freight and s.account_code = 'freight:' || c.slug)
    order by s.id`.execute(trx);
  return rows;
}

/**
 * Moves what a refund that has failed was to give back to `owed:<slug>`, part by part: it was
 * promised to the buyer and did not arrive, so it is hers, refund by refund, until something is given
 * in its stead, and nobody is paid with it meanwhile. A household that was paid already goes below
 * zero, as by any refund. What is given later (by hand at Stripe, by bank transfer, or by a refund of
 * ours that needs it) takes the promise of the same amount first, then the oldest
 * (take-owed.ts), and so from nobody else than this refund would have. Of what it gave in the stead of
 * another, or out of what was kept, nothing is moved: that is kept again by being taken back. Nor of a payment that was put aside.
 *
 * In whole fen. The caller holds the order's row, has written that it failed and taken back what was
 * posted, and calls once.
 */
export async function owePromise(
  trx: DbTransaction<DB>,
  refundId: string,
  occurredAt: Date,
): Promise<void> {
  const own = await readOwn(trx, refundId);
  if (own.length === 0) return;
  const kept = Map.groupBy(own, ({ owed, orderLineId }) => `${owed} ${orderLineId}`);
  const owed = [...kept.values()].flatMap(([first, ...others]) =>
    first
      ? [
          {
            account: first.owed,
            orderLineId: first.orderLineId,
            fen: -others.reduce((sum, { fen }) => sum + fen, first.fen),
          },
        ]
      : [],
  );
  const posted = await postTransaction(trx, {
    kind: "refund",
    causeType: "refund",
    causeId: refundId,
    idempotencyKey: `refund-owed:${refundId}`,
    occurredAt,
    postings: [...own, ...owed],
  });
  if (!posted.ok) throw new Error(`what is owed for refund ${refundId} is ${posted.reason}`);
}
