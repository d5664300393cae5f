import { type Transaction as DbTransaction, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { accountKind } from "./account-kinds.ts";
import type { EntryCause, EntryKey } from "./entry-forms.ts";

export type TransactionKind =
  | "sale"
  | "refund"
  | "payout"
  | "payout-bounce"
  | "reversal"
  | "suspense"
  | "dispute"
  | "stripe-fee"
  | "stripe-payout"
  | "claim"
  | "split"
  | "reserve"
  | "opening";

/** One signed amount on one account: debits positive, credits negative. */
export type Posting = {
  account: string;
  fen: number;
  orderLineId?: string | null;
  reliefAccountId?: string | null;
};

export type LedgerEntry = {
  kind: TransactionKind;
  causeType: EntryCause;
  causeId: string;
  idempotencyKey: EntryKey;
  occurredAt: Date;
  postings: readonly Posting[];
  reversesId?: string | null;
};

export type Posted =
  | { ok: true; transactionId: string; isNew: boolean }
  | { ok: false; reason: "too-few-postings" | "zero-posting" | "unbalanced" };

function refuse(postings: readonly Posting[]): Extract<Posted, { ok: false }> | null {
  if (postings.length < 2) return { ok: false, reason: "too-few-postings" };
  if (postings.some((posting) => posting.fen === 0)) return { ok: false, reason: "zero-posting" };
  const sum = postings.reduce((total, posting) => {
    if (!Number.isSafeInteger(posting.fen)) throw new RangeError(`${posting.fen} is no whole fen`);
    return total + BigInt(posting.fen);
  }, 0n);
  return sum === 0n ? null : { ok: false, reason: "unbalanced" };
}

/**
 * Opens accounts that are not there yet, with the kind their code says. Codes are sent sorted, so
 * that two transactions opening the same accounts wait for each other instead of deadlocking.
 */
export async function ensureAccounts(
  trx: DbTransaction<DB>,
  codes: readonly string[],
): Promise<void> {
  const sorted = [...new Set(codes)].sort();
  const known = await trx
    .selectFrom("ledger_accounts")
    .select("code")
    .where("code", "in", sorted)
    .execute();
  const missing = sorted.filter((code) => !known.some((row) => row.code === code));
  if (missing.length === 0) return;
  await trx
    .insertInto("ledger_accounts")
    .values(missing.map((code) => ({ id: uuidv7(), code, kind: accountKind(code) })))
    .onConflict((conflict) => conflict.column("code").doNothing())
    .execute();
}

/**
 * Writes one ledger transaction with its postings, in one statement, inside the caller's database
 * transaction: the state change that caused it and the money move together or not at all.
 *
 * A second call with the same `idempotencyKey` writes nothing and returns the first transaction
 * (`isNew: false`). Two callers with one key at once: the second waits for the first's commit.
 * Fails with `too-few-postings`, `zero-posting` or `unbalanced` before the database would refuse;
 * throws when an amount is not whole or an account is not in the chart. Locks nothing but the key.
 * Accounts named for the first time are opened. Rule 2 and 3 of the product.
 */
export async function postTransaction(trx: DbTransaction<DB>, entry: LedgerEntry): Promise<Posted> {
  const refusal = refuse(entry.postings);
  if (refusal) return refusal;
  await ensureAccounts(
    trx,
    entry.postings.map((posting) => posting.account),
  );
  const transactionId = uuidv7();
  const rows = entry.postings.map((posting) => ({
    id: uuidv7(),
    code: posting.account,
    fen: posting.fen,
    order_line_id: posting.orderLineId ?? null,
    relief_account_id: posting.reliefAccountId ?? null,
  }));
  const { rows: written } = await sql<{ postings: number }>`
    with entry as (
      insert into ledger_transactions
        (id, kind, cause_type, cause_id, reverses_id, idempotency_key, occurred_at)
      values (${transactionId}, ${entry.kind}, ${entry.causeType}, ${entry.causeId},
        ${entry.reversesId ?? null}, ${entry.idempotencyKey}, ${entry.occurredAt})
      on conflict (idempotency_key) do nothing
      returning id
    ), written as (
      insert into postings (id, transaction_id, account_id, fen, order_line_id, relief_account_id)
      select p.id, entry.id, a.id, p.fen, p.order_line_id, p.relief_account_id
      from entry
      cross join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p
        (id uuid, code text, fen bigint, order_line_id uuid, relief_account_id uuid)
      join ledger_accounts a on a.code = p.code
      returning 1
    )
    select count(*) as postings from written`.execute(trx);
  const count = written[0]?.postings ?? 0;
  if (count === rows.length) return { ok: true, transactionId, isNew: true };
  if (count > 0) throw new Error(`wrote ${count} of ${rows.length} postings`);
  const first = await trx
    .selectFrom("ledger_transactions")
    .select("id")
    .where("idempotency_key", "=", entry.idempotencyKey)
    .executeTakeFirstOrThrow();
  return { ok: true, transactionId: first.id, isNew: false };
}
