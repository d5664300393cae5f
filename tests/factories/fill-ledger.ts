import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { MadeHousehold } from "./people.ts";

/**
 * A ledger of so many sales, one of them a minute, ending with `until`: each of CNY 30 from one of
 * the households in turn, every tenth followed by a payout of CNY 100 to it. For measuring how
 * reads grow. Written as one set: the triggers, which would look at every row by itself, are off,
 * and what they hold is asserted of the whole at the end.
 */
export async function fillLedger(
  db: Kysely<DB>,
  households: readonly MadeHousehold[],
  sales: number,
  until = new Date("2026-11-20T12:00:00Z"),
): Promise<void> {
  const homes = JSON.stringify(
    households.map((home, place) => ({ place, code: `relief:${home.reliefCode}` })),
  );
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`insert into ledger_accounts (id, code, kind) values
      (gen_random_uuid(), 'stripe:clearing', 'asset'), (gen_random_uuid(), 'payout:clearing', 'asset')
      on conflict do nothing`.execute(trx);
    await sql`
      with plan as (
        select n, a.id as home, entry.kind, entry.fen, ${until}::timestamptz - (${sales} - n) * interval '1 minute' as at,
          (select id from ledger_accounts where code = entry.other) as other
        from generate_series(1, ${sales}::int) n
        join jsonb_to_recordset(${homes}::jsonb) as h (place int, code text)
          on h.place = n % ${households.length}
        join ledger_accounts a on a.code = h.code
        cross join lateral (
          select 'sale' as kind, -3000 as fen, 'stripe:clearing' as other
          union all
          select 'payout', 10000, 'payout:clearing' where n / ${households.length} % 10 = 9
        ) entry
      ), entry as (
        insert into ledger_transactions (id, kind, cause_type, cause_id, idempotency_key, occurred_at)
        select gen_random_uuid(), kind, 'order', gen_random_uuid(), 'filled:' || kind || n, at
        from plan order by n, kind desc
        returning id, seq, idempotency_key
      )
      insert into postings (id, transaction_id, transaction_seq, account_id, fen, order_line_id)
      select gen_random_uuid(), entry.id, entry.seq, side.account, side.fen,
        case when plan.kind = 'sale' and side.account = plan.home then gen_random_uuid() end
      from plan join entry on entry.idempotency_key = 'filled:' || plan.kind || plan.n
      cross join lateral (values (plan.home, plan.fen), (plan.other, -plan.fen)) side (account, fen)
      order by entry.seq`.execute(trx);
    const { rows } = await sql<{ wrong: number }>`
      select count(*) as wrong from (
        select from postings group by transaction_id having sum(fen) <> 0 or count(*) < 2) off`.execute(
      trx,
    );
    if (rows[0]?.wrong !== 0) throw new Error("the filled ledger does not balance");
  });
  // Autovacuum would do it a minute later: until then no index answers alone.
  await sql`vacuum analyze postings, ledger_transactions, ledger_accounts`.execute(db);
}
