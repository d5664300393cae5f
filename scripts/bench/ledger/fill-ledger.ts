import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

const BATCH = 25_000;
/** Few enough that each fills two pages of its statement with a share of a thousand orders. */
const HOUSEHOLDS = 5;

/**
 * Writes paid orders of one box, ¥29.90 and ¥8.00 freight, with their sales in the ledger, over
 * the last year and over five households of one cooperative, in turn: the same rows in the same
 * tables as placing and settling leave behind, tagged, and every sale summing to zero.
 *
 * The triggers are off while it writes, or a million orders would take an hour of checks of rows
 * that are right by construction; `checkLedger` asks afterwards what they would have asked.
 */
export async function fillLedger(db: Kysely<DB>, orders: number): Promise<void> {
  const { rows } = await sql<{ cooperative: string }>`
    select cooperative_id as cooperative from households
    order by cooperative_id limit 1`.execute(db);
  const cooperative = rows[0]?.cooperative ?? "";
  await openAccounts(db, cooperative);
  for (let at = 0; at < orders; at += BATCH) {
    const to = Math.min(orders, at + BATCH);
    await db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`set local synchronous_commit = off`.execute(trx);
      await makeOrders(trx, cooperative, { at, to, orders });
      await writeOrders(trx);
      await writeSales(trx);
      await sql`drop table made`.execute(trx);
    });
  }
  await sql`vacuum analyze`.execute(db);
}

async function openAccounts(db: Kysely<DB>, cooperative: string): Promise<void> {
  await sql`
    insert into ledger_accounts (id, code, kind)
    select uuidv7(), code, kind from cooperatives c, lateral (values
      ('stripe:clearing', 'asset'), ('coop-fee:' || c.slug, 'income'),
      ('freight:' || c.slug, 'liability')) a (code, kind)
    where c.id = ${cooperative} on conflict (code) do nothing`.execute(db);
}

type Part = { at: number; to: number; orders: number };

/** One row an order with all the ids that its rows will have. */
async function makeOrders(db: Kysely<DB>, cooperative: string, { at, to, orders }: Part) {
  await sql`
    create temp table made as
    with home as (
      select h.cooperative_id, c.slug, r.id as relief_id, r.ledger_account_id,
        t.id as lot_id, l.*, row_number() over (order by h.id) - 1 as place
      from (select * from households where cooperative_id = ${cooperative}
        order by id limit ${HOUSEHOLDS}) h
      join cooperatives c on c.id = h.cooperative_id
      join relief_accounts r on r.household_id = h.id
      cross join lateral (select id as listing_id, title_zh, title_en, grade, unit, unit_grams
        from listings where cooperative_id = h.cooperative_id order by id limit 1) l
      cross join lateral (select id from lots where listing_id = l.listing_id limit 1) t
    )
    select home.*, n, uuidv7() as order_id, uuidv7() as parcel_id, uuidv7() as line_id,
      uuidv7() as transaction_id,
      nextval(pg_get_serial_sequence('ledger_transactions', 'seq')) as seq,
      now() - interval '365 days' + interval '364 days' * (n / ${orders}::float8) as paid_at
    from generate_series(${at}::int, ${to - 1}::int) n
    join home on home.place = n % ${HOUSEHOLDS}::int
    order by n`.execute(db);
}

async function writeOrders(db: Kysely<DB>): Promise<void> {
  await sql`
    insert into orders (id, number, visitor_id, status, idempotency_key, address, produce_fen,
      freight_fen, total_fen, checkout_session_id, expires_at, paid_at, created_at)
    select order_id, 'TJ' || lpad((30000000000000 + n)::text, 14, '0'), 'bench-' || n,
      'completed', order_id::text, '{"recipient": "王小姐", "phone": "13800000001"}', 2990, 800,
      3790, 'cs_' || order_id, paid_at, paid_at, paid_at from made`.execute(db);
  await sql`
    insert into parcels (id, order_id, cooperative_id, status, freight_fen, weight_grams, carrier,
      tracking_number, created_at)
    select parcel_id, order_id, cooperative_id, 'delivered', 800, unit_grams, 'sf', 'SF' || n,
      paid_at from made`.execute(db);
  await sql`
    insert into order_lines (id, order_id, parcel_id, listing_id, cooperative_id, title_zh,
      title_en, grade, unit, unit_grams, quantity, unit_price_fen, line_fen, fee_basis_points,
      fee_fen, created_at)
    select line_id, order_id, parcel_id, listing_id, cooperative_id, title_zh, title_en, grade,
      unit, unit_grams, 1, 2990, 2990, 600, 179, paid_at from made`.execute(db);
  await sql`
    insert into allocations (id, order_line_id, lot_id, relief_account_id, quantity, fen, state,
      created_at)
    select uuidv7(), line_id, lot_id, relief_id, 1, 2811, 'sold', paid_at from made`.execute(db);
  await sql`
    insert into payments (id, order_id, checkout_session_id, payment_intent_id, status, fen,
      currency, paid_at, created_at)
    select uuidv7(), order_id, 'cs_' || order_id, 'pi_' || order_id, 'succeeded', 3790, 'cny',
      paid_at, paid_at from made`.execute(db);
}

async function writeSales(db: Kysely<DB>): Promise<void> {
  await sql`
    insert into ledger_transactions (id, seq, kind, cause_type, cause_id, idempotency_key,
      occurred_at, created_at) overriding system value
    select transaction_id, seq, 'sale', 'order', order_id, 'sale:' || order_id, paid_at, paid_at
    from made`.execute(db);
  await sql`
    insert into postings (id, transaction_id, transaction_seq, account_id, fen, order_line_id,
      relief_account_id, created_at)
    select uuidv7(), transaction_id, seq, a.account_id, a.fen, a.line_id, a.relief_id, paid_at
    from made, lateral (values
      ((select id from ledger_accounts where code = 'stripe:clearing'), 3790, null, null),
      (made.ledger_account_id, -2811, made.line_id, made.relief_id),
      ((select id from ledger_accounts where code = 'coop-fee:' || made.slug), -179,
        made.line_id, null),
      ((select id from ledger_accounts where code = 'freight:' || made.slug), -800, null, null)
    ) a (account_id, fen, line_id, relief_id)`.execute(db);
}
