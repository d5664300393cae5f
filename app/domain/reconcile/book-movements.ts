import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { REVERSED_LINES } from "../ledger/entry-of-line.ts";
import { ensureAccounts, type LedgerEntry } from "../ledger/post.ts";
import { entryOf, type Unbooked } from "./entry-of.ts";

const A_BATCH = 100;

/** What another run has taken up is left to it: each line is worked by one at a time. */
async function takeBatch(trx: DbTransaction<DB>, after: string | null): Promise<Unbooked[]> {
  const { rows } = await sql<Unbooked>`
    with m as materialized (
      select * from stripe_movements
      where booked_at is null and missing_at is null and (${after}::uuid is null or id > ${after}::uuid)
      order by id limit ${A_BATCH}
      for update skip locked
    )
    select m.id, m.stripe_id as "stripeId", m.category, m.fen, m.fee_fen as "feeFen", m.currency,
      m.moved_at as "movedAt", p.id as "paymentId", r.id as "refundId",
      coalesce(u.id, given.cause_id) as "unmatchedId",
      coalesce(reversed.turns, 0)::int as reversed
    from m
    left join (select line, max(turn) as turns from ${REVERSED_LINES} each group by line) reversed
      on reversed.line = m.stripe_id
    left join payments p on m.category = 'charge' and p.charge_id = m.source
    left join refunds r on m.category in ('refund', 'refund_failure')
      and r.stripe_refund_id = m.source and (m.category = 'refund' or r.status = 'failed')
    left join unmatched_payments u on m.category = 'charge' and u.charge_id = m.source
    left join ledger_transactions given on m.category in ('refund', 'refund_failure')
      and given.idempotency_key = case when m.category = 'refund' then 'unmatched-refund:'
        else 'unmatched-refund-failed:' end || m.source
    order by m.id`.execute(trx);
  return rows;
}

/**
 * Posts many entries of few postings in one statement, each under its key, once; answers how many
 * were new. The database checks their sums as everybody's.
 */
async function postAll(trx: DbTransaction<DB>, entries: readonly LedgerEntry[]): Promise<number> {
  if (entries.length === 0) return 0;
  const numbered = entries.map((entry) => ({ ...entry, id: uuidv7() }));
  const postings = numbered.flatMap(({ id: transaction_id, postings: parts }) =>
    parts.map(({ account: code, fen }) => ({ id: uuidv7(), transaction_id, code, fen })),
  );
  await ensureAccounts(
    trx,
    postings.map(({ code }) => code),
  );
  const { rows } = await sql<{ posted: number }>`
    with entry as (
      insert into ledger_transactions (id, kind, cause_type, cause_id, idempotency_key, occurred_at)
      select id, kind, "causeType", "causeId", "idempotencyKey", "occurredAt"
      from jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb) as given (id uuid, kind text,
        "causeType" text, "causeId" uuid, "idempotencyKey" text, "occurredAt" timestamptz)
      order by "idempotencyKey"
      on conflict (idempotency_key) do nothing returning id
    ), written as (
      insert into postings (id, transaction_id, account_id, fen)
      select p.id, entry.id, a.id, p.fen
      from entry
      join jsonb_to_recordset(${JSON.stringify(postings)}::jsonb) as p
        (id uuid, transaction_id uuid, code text, fen bigint) on p.transaction_id = entry.id
      join ledger_accounts a on a.code = p.code
      returning transaction_id
    )
    select count(distinct transaction_id) as posted from written`.execute(trx);
  return rows[0]?.posted ?? 0;
}

/** Posts one batch and marks what is done; null once there is none. */
async function bookBatch(
  trx: DbTransaction<DB>,
  after: string | null,
): Promise<{ booked: number; last: string } | null> {
  const batch = await takeBatch(trx, after);
  const last = batch.at(-1)?.id;
  if (last === undefined) return null;
  const judged = batch.map((line) => ({ id: line.id, entry: entryOf(line) }));
  const entries = judged.flatMap(({ entry }) => (typeof entry === "string" ? [] : [entry]));
  const done = judged.filter(({ entry }) => entry !== "unknown").map(({ id }) => id);
  const booked = await postAll(trx, entries);
  await sql`update stripe_movements set booked_at = now()
    where id = any(${done}::uuid[])`.execute(trx);
  return { booked, last };
}

/**
 * Posts what only Stripe can tell of the lines kept (see `entryOf`), a hundred lines a database
 * transaction, each line once for ever however often this runs and whoever races it (once more where
 * an operator has reversed that, as Stripe has the line now); lines whose payment or refund, or that
 * it failed, is not known yet are left for the next time. The sale itself never waits for
 * a fee: Stripe may know it only later, and a late fee must not hold up an order.
 * Answers how many entries were new. Locks the lines it works on, leaves out locked ones.
 */
export async function bookMovements(db: Kysely<DB>): Promise<{ ok: true; booked: number }> {
  let booked = 0;
  let after: string | null = null;
  for (;;) {
    const done = await db.transaction().execute((trx) => bookBatch(trx, after));
    if (!done) return { ok: true, booked };
    booked += done.booked;
    after = done.last;
  }
}
