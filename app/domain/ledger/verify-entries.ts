import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { ENTRY_CAUSES } from "./entry-causes.ts";
import { ENTRY_FORMS, nameOf } from "./entry-forms.ts";

export type EntryDifference = {
  kind: "unexplained" | "account-foreign" | "reversal-differs" | "posting-undone";
  transactionId: string;
};

/** So many of each are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/** SQL: every transaction that may be, one row each. */
const MAY_BE = sql.join(
  ENTRY_FORMS.map((form) => {
    return sql`select ${sql.lit(form.cause)} as cause_type, ${sql.lit(form.kind)} as kind,
      cause_id, key, reversed from (${ENTRY_CAUSES[nameOf(form)]}) of(cause_id, key, reversed)`;
  }),
  sql` union all `,
);

/** SQL: the accounts that each form may touch. */
const MAY_TOUCH = sql.join(
  ENTRY_FORMS.map(({ cause, kind, key, accounts }) => {
    const values = [cause, kind, key, `^(${accounts.join("|")})$`];
    return sql`(${sql.join(values.map((value) => sql.lit(value)))})`;
  }),
);

/**
 * Transactions that nothing in the market causes: by all its rows there are to be none but those
 * of `ENTRY_CAUSES`, each key once, of that cause, as that kind and, where it takes something back,
 * of that, after it. So neither is a second one of the same cause, nor are opening balances: the
 * market began with empty books; nor one under a number to which nobody counts. Locks nothing.
 */
export async function unexplained(trx: Transaction<DB>): Promise<EntryDifference[]> {
  const { rows } = await sql<{ transactionId: string }>`
    with due as (${MAY_BE})
    select t.id as "transactionId" from ledger_transactions t
    left join ledger_transactions r on r.id = t.reverses_id
    left join due on due.key = t.idempotency_key and due.cause_id = t.cause_id
      and due.cause_type = t.cause_type and due.kind = t.kind
    where due.key is null or due.reversed is distinct from r.idempotency_key
      or r.seq >= t.seq or t.seq > ${Number.MAX_SAFE_INTEGER}
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "unexplained", ...row }));
}

/**
 * Transactions that touch an account that is none of their business, or tag one as a household's
 * or a line's that is neither's. Sales, which are most, are held to the fen (see `differingSales`
 * and `differingPayments`). Locks nothing.
 */
export async function foreignAccounts(trx: Transaction<DB>): Promise<EntryDifference[]> {
  const { rows } = await sql<{ transactionId: string }>`
    with form(cause_type, kind, prefix, accounts) as (values ${MAY_TOUCH})
    select distinct t.id as "transactionId" from ledger_transactions t
    join form on form.cause_type = t.cause_type and form.kind = t.kind
      and form.prefix = split_part(t.idempotency_key, ':', 1)
    join postings p on p.transaction_id = t.id
    join ledger_accounts a on a.id = p.account_id
    where form.prefix <> 'sale' and (a.code !~ form.accounts
      or p.relief_account_id is not null and a.code not like 'relief:%'
      or p.order_line_id is not null and a.code !~ '^(relief|coop-fee|owed):')
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "account-foreign", ...row }));
}

/** Reversals that are not the opposite, posting by posting with its tags, of what they reverse. Locks nothing. */
export async function differingReversals(trx: Transaction<DB>): Promise<EntryDifference[]> {
  const { rows } = await sql<{ transactionId: string }>`
    with reversal as (
      select id, unnest(array[id, reverses_id]) as either from ledger_transactions
      where reverses_id is not null
    )
    select distinct id as "transactionId" from (
      select r.id from reversal r join postings p on p.transaction_id = r.either
      group by r.id, p.account_id, p.order_line_id, p.relief_account_id having sum(p.fen) <> 0
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "reversal-differs", ...row }));
}

/**
 * Transactions that give an account something, of one line and household, and take it again at once:
 * that sums to nothing, and a statement shows both. Locks nothing.
 */
export async function undonePostings(trx: Transaction<DB>): Promise<EntryDifference[]> {
  const { rows } = await sql<{ transactionId: string }>`
    select distinct transaction_id as "transactionId" from (
      select transaction_id from postings
      group by transaction_id, account_id, order_line_id, relief_account_id
      having min(fen) < 0 and max(fen) > 0
    ) undone order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "posting-undone", ...row }));
}
