import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { SealedTransaction } from "./canonical.ts";

/** A moment as it is hashed and written down: UTC, with PostgreSQL's microseconds, and its era where it is not ours. */
export function instant(moment: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`(to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || case when ${moment} < '0001-01-01T00:00:00Z' then ' BC' else '' end)`;
}

/** Outer joined: a posting whose account is gone must change the hash, not vanish from it. */
const POSTINGS = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'account', coalesce(a.code, ''),
    'accountKind', coalesce(a.kind, ''), 'fen', p.fen, 'orderLineId', p.order_line_id,
    'reliefAccountId', p.relief_account_id, 'createdAt', ${instant(sql`p.created_at`)})
    order by p.id), '[]')
  from postings p left join ledger_accounts a on a.id = p.account_id
  where p.transaction_id = t.id)`;

/**
 * The ledger transactions with `after` < seq ≤ `upTo`, at most `limit`, in the order of their seq:
 * as they are sealed, read from the rows alone. Locks nothing.
 */
export async function readTransactions(
  db: Kysely<DB> | Transaction<DB>,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<SealedTransaction[]> {
  const { rows } = await sql<SealedTransaction>`
    select t.id, t.seq, t.kind, t.cause_type as "causeType", t.cause_id as "causeId",
      t.reverses_id as "reversesId", t.idempotency_key as "idempotencyKey",
      ${instant(sql`t.occurred_at`)} as "occurredAt", ${instant(sql`t.created_at`)} as "createdAt",
      ${POSTINGS} as postings
    from ledger_transactions t
    where t.seq > ${after} and t.seq <= ${upTo}
    order by t.seq limit ${limit}`.execute(db);
  return rows;
}
