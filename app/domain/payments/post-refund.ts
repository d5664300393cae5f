import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type Posting, postTransaction } from "../ledger/post.ts";

type Found = { id: string; postings: Posting[] };

async function readPostings(trx: DbTransaction<DB>, key: string): Promise<Found | null> {
  const rows = await trx
    .selectFrom("ledger_transactions")
    .innerJoin("postings", "postings.transaction_id", "ledger_transactions.id")
    .innerJoin("ledger_accounts", "ledger_accounts.id", "postings.account_id")
    .where("idempotency_key", "=", key)
    .orderBy("postings.id")
    .select([
      "ledger_transactions.id",
      "ledger_accounts.code as account",
      "postings.fen",
      "postings.order_line_id as orderLineId",
      "postings.relief_account_id as reliefAccountId",
    ])
    .execute();
  const first = rows[0];
  return first ? { id: first.id, postings: rows.map(({ id: _id, ...posting }) => posting) } : null;
}

const opposite = (postings: Posting[]) =>
  postings.map((posting) => ({ ...posting, fen: -posting.fen }));

async function post(
  trx: DbTransaction<DB>,
  entry: Parameters<typeof postTransaction>[1],
): Promise<void> {
  const posted = await postTransaction(trx, entry);
  if (!posted.ok) throw new Error(`${entry.idempotencyKey} is ${posted.reason}`);
}

/**
 * Posts a full refund: the opposite of what its payment posted, fen by fen with the same tags, so
 * that each household gives back exactly what it got. A relief account that was paid out already
 * goes below zero, and the next payout run nets it. Says whether the payment was the order's sale
 * (else it was put aside in suspense). Throws if the amounts differ: parts are not given back here.
 */
export async function postRefund(
  trx: DbTransaction<DB>,
  refund: { id: string; payment_id: string; orderId: string; fen: number },
  occurredAt: Date,
): Promise<{ isSale: boolean }> {
  const aside = await readPostings(trx, `suspense:${refund.payment_id}`);
  const source = aside ?? (await readPostings(trx, `sale:${refund.orderId}`));
  const paidFen = source?.postings.find((posting) => posting.fen > 0)?.fen;
  if (!source || paidFen !== refund.fen) {
    throw new Error(`refund ${refund.id} of ${refund.fen} fen is not its payment's ${paidFen}`);
  }
  await post(trx, {
    kind: "refund",
    causeType: "refund",
    causeId: refund.id,
    idempotencyKey: `refund:${refund.id}`,
    occurredAt,
    postings: opposite(source.postings),
  });
  return { isSale: aside === null };
}

/** Takes a posted refund back: the bank returned the money. A refund never posted stays so. */
export async function reverseRefund(
  trx: DbTransaction<DB>,
  refundId: string,
  occurredAt: Date,
): Promise<void> {
  const refund = await readPostings(trx, `refund:${refundId}`);
  if (!refund) return;
  await post(trx, {
    kind: "reversal",
    causeType: "refund",
    causeId: refundId,
    idempotencyKey: `refund-failed:${refundId}`,
    reversesId: refund.id,
    occurredAt,
    postings: opposite(refund.postings),
  });
}
