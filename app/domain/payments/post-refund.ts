import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type Posting, postTransaction } from "../ledger/post.ts";
import type { RefundPart } from "./request-refund.ts";

type Found = { id: string; postings: Posting[] };

/** The ledger transaction of a key with its postings; null when there is none. */
export async function readPostings(trx: DbTransaction<DB>, key: string): Promise<Found | null> {
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

/** What the accounts were said to give back when the refund was asked for. */
export function readParts(trx: DbTransaction<DB>, refundId: string): Promise<RefundPart[]> {
  return trx
    .selectFrom("refund_parts")
    .where("refund_id", "=", refundId)
    .orderBy("id")
    .select([
      "account_code as account",
      "fen",
      "order_line_id as orderLineId",
      "relief_account_id as reliefAccountId",
      "replaces_refund_id as promisedBy",
    ])
    .execute();
}

/** What undoes them. */
export const opposite = (postings: Posting[]) =>
  postings.map((posting) => ({ ...posting, fen: -posting.fen }));

async function post(
  trx: DbTransaction<DB>,
  entry: Parameters<typeof postTransaction>[1],
): Promise<void> {
  const posted = await postTransaction(trx, entry);
  if (!posted.ok) throw new Error(`${entry.idempotencyKey} is ${posted.reason}`);
}

/**
 * Posts a refund: each account gives back its part, with the same tags as the sale gave it, and
 * Stripe's clearing account the sum; or the market's bank, where it was paid by transfer; or the
 * market's loss, where a bank has given it (count-verdicts.ts). A payment
 * put aside goes back the way it came, whole or in parts, but for what was given twice
 * (plan-given.ts), which is its only part. A relief account that was paid out already goes below zero, and the next payout run nets
 * it. Throws if the parts are not the refund's amount.
 */
export async function postRefund(
  trx: DbTransaction<DB>,
  refund: {
    id: string;
    payment_id: string;
    fen: number;
    bank_reference: string | null;
    dispute_id?: string | null;
  },
  occurredAt: Date,
): Promise<void> {
  const aside = await readPostings(trx, `suspense:${refund.payment_id}`);
  const parts = await readParts(trx, refund.id);
  const partsFen = parts.reduce((sum, part) => sum + part.fen, 0);
  const clearing = aside?.postings.find(({ fen }) => fen > 0)?.account ?? "stripe:clearing";
  const giver =
    refund.bank_reference === null ? clearing : clearing.replace("stripe:clearing", "bank:market");
  const suspense = (aside?.postings ?? []).filter(({ fen }) => fen < 0);
  const postings = [
    { account: refund.dispute_id ? "dispute-loss:market" : giver, fen: -refund.fen },
    ...suspense.map(({ account }) => ({ account, fen: refund.fen - partsFen })),
    ...parts,
  ].filter(({ fen }) => fen !== 0);
  await post(trx, {
    kind: "refund",
    causeType: "refund",
    causeId: refund.id,
    idempotencyKey: `refund:${refund.id}`,
    occurredAt,
    postings,
  });
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
