import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { postTransaction } from "../ledger/post.ts";
import { readCalledOff } from "./read-called-off.ts";
import { readLeft, readRefundable } from "./read-left.ts";
import { splitRefund } from "./split-refund.ts";
import { isOwed } from "./take-owed.ts";

type Loss = { disputeId: string; fen: number; posted: number };

/** What the market still bears of the disputes of an order's sale, after what counts as given in the stead of refunds (count-verdicts.ts); below zero when it got more than it lost. */
export async function readLoss(trx: DbTransaction<DB>, orderId: string): Promise<Loss | null> {
  const { rows } = await sql<Loss>`
    with disputed as (
      select d.id from disputes d join payments p on p.id = d.payment_id
      where p.order_id = ${orderId} and not exists (select from ledger_transactions aside
        where aside.idempotency_key = 'suspense:' || p.id)
    )
    select (select min(id::text) from disputed) as "disputeId", sum(p.fen)::bigint as fen,
      count(*) filter (where t.idempotency_key like 'dispute-returned:%') as posted
    from ledger_transactions t
    join postings p on p.transaction_id = t.id
    join ledger_accounts a on a.id = p.account_id and a.code = 'dispute-loss:market'
    where t.cause_type = 'dispute' and t.cause_id in (select id from disputed)
      or t.cause_type = 'refund' and t.cause_id in (
        select r.id from refunds r where r.dispute_id in (select id from disputed))
    having count(*) > 0`.execute(trx);
  return rows[0] ?? null;
}

/**
 * What the accounts have left of parcels that were called off (their goods are on sale again), then
 * what is kept for the buyer of the others (owe-promise.ts).
 */
async function readLeftToCover(trx: DbTransaction<DB>, orderId: string) {
  const off = await readCalledOff(trx, orderId);
  const parts = [];
  for (const id of off) parts.push(...(await readLeft(trx, orderId, id)));
  const others = await readLeft(trx, orderId, null);
  return [...parts, ...others.filter((part) => isOwed(part) && !off.includes(part.parcelId))];
}

/**
 * Takes out of an order's accounts what goods on sale again had brought, and what was promised to the
 * buyer and kept for her, as far as she has it back from the bank: with the same tags as the sale, against the market's loss. Nobody is
 * paid twice for the same box. What the buyer may still get by a refund stays where it is, and so
 * does what goods that left have earned.
 *
 * Works by what the ledger has left, so any number of runs come to the same. The caller holds the
 * order's row.
 */
export async function coverLoss(
  trx: DbTransaction<DB>,
  orderId: string,
  occurredAt: Date,
): Promise<void> {
  const loss = await readLoss(trx, orderId);
  if (!loss || loss.fen <= 0) return;
  const parts = await readLeftToCover(trx, orderId);
  const leftFen = parts.reduce((sum, part) => sum + part.fen, 0);
  const fen = Math.min(loss.fen, leftFen - (await readRefundable(trx, orderId)));
  if (fen <= 0) return;
  const shares = splitRefund(
    fen,
    parts.map((part) => part.fen),
  );
  const gives = parts
    .map(({ account, orderLineId, reliefAccountId }, index) => {
      return { account, orderLineId, reliefAccountId, fen: shares[index] ?? 0 };
    })
    .filter((give) => give.fen > 0);
  const posted = await postTransaction(trx, {
    kind: "dispute",
    causeType: "dispute",
    causeId: loss.disputeId,
    idempotencyKey: `dispute-returned:${loss.disputeId}:${loss.posted + 1}`,
    occurredAt,
    postings: [...gives, { account: "dispute-loss:market", fen: -fen }],
  });
  if (!posted.ok) throw new Error(`the loss of order ${orderId} is ${posted.reason}`);
}
