import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { checkLedger } from "../ledger/check-ledger.ts";

const ORDERS = 1_000;
const LINES_AN_ORDER = 3;
const HOUSEHOLDS = 200;
const PRICE_FEN = 2_990;
const FEE_FEN = 179;
const FREIGHT_FEN = 1_200;

/**
 * One cooperative's day: as many orders of three lines, paid an hour ago one after the other, of two
 * hundred households, each with something on sale and a bank account: the rows that placing and
 * settling leave, every sale in the ledger. Its triggers are on, and it is checked afterwards.
 */
export async function fillDay(db: Kysely<DB>): Promise<{ cooperativeId: string }> {
  const { rows } = await sql<{ id: string }>`
    select cooperative_id as id from households
    group by 1 order by count(*) desc, 1 limit 1`.execute(db);
  const cooperativeId = rows[0]?.id;
  if (!cooperativeId) throw new Error("the seed has no household");
  await db.transaction().execute(async (trx) => {
    await addHouseholds(trx, cooperativeId);
    await addOffers(trx, cooperativeId);
    await addOrders(trx, cooperativeId);
    await addSales(trx);
    await sql`drop table made; drop table offered`.execute(trx);
  });
  await checkLedger(db);
  await sql`vacuum analyze`.execute(db);
  return { cooperativeId };
}

/** As many as there are to be, like those of the seed. */
async function addHouseholds(db: Kysely<DB>, cooperativeId: string): Promise<void> {
  await sql`
    with given as (select count(*)::int as homes from households
      where cooperative_id = ${cooperativeId}),
    like_them as (select * from households where cooperative_id = ${cooperativeId}
      order by id limit 1),
    added as (
      insert into households (id, cooperative_id, register_code, head_name, alias_zh, alias_en,
        village_zh, village_en, region_code, bank_account_name, bank_account_number, bank_name)
      select uuidv7(), h.cooperative_id, 'BENCH-' || n, '试' || n, '试 · 村' || n % 20 || ' · B' || n,
        'Trial · Village ' || n % 20 || ' · B' || n, '村' || n % 20, 'Village ' || n % 20,
        h.region_code, '试' || n, '62280000' || lpad(n::text, 8, '0'), '农业银行'
      from like_them h, given, generate_series(given.homes + 1, ${HOUSEHOLDS}::int) n
      returning id, register_code
    ), accounts as (
      insert into ledger_accounts (id, code, kind)
      select uuidv7(), 'relief:LS-9' || lpad(split_part(register_code, '-', 2), 5, '0'), 'liability'
      from added returning id, code
    )
    insert into relief_accounts (id, code, household_id, programme_id, ledger_account_id)
    select uuidv7(), replace(accounts.code, 'relief:', ''), added.id,
      (select id from programmes order by id limit 1), accounts.id
    from added join accounts
      on accounts.code = 'relief:LS-9' || lpad(split_part(register_code, '-', 2), 5, '0')`.execute(
    db,
  );
}

/** One listing with one lot of each household. */
async function addOffers(db: Kysely<DB>, cooperativeId: string): Promise<void> {
  await sql`
    create temp table offered as
    select uuidv7() as listing_id, uuidv7() as lot_id, h.id as household_id, h.cooperative_id,
      r.id as relief_id, r.ledger_account_id, h.village_zh, h.village_en, h.region_code,
      row_number() over (order by h.id) - 1 as place
    from households h join lateral (select * from relief_accounts
      where household_id = h.id order by created_at, id limit 1) r on true
    where h.cooperative_id = ${cooperativeId} order by h.id limit ${HOUSEHOLDS}`.execute(db);
  await sql`
    insert into listings (id, cooperative_id, created_by_household_id, client_key, category_code,
      title_zh, title_en, grade, unit, unit_grams, price_fen, harvested_on, village_zh, village_en,
      region_code, status, published_at)
    select listing_id, cooperative_id, household_id, 'day:' || place,
      (select code from categories order by code limit 1), '盐源苹果 ' || place, 'Apples ' || place,
      'first', 'box-5jin', 2500, ${PRICE_FEN}, current_date - 10, village_zh, village_en,
      region_code, 'published', now() from offered`.execute(db);
  await sql`
    insert into lots (id, listing_id, household_id, relief_account_id, harvested_on, quantity_in,
      available, sold)
    select lot_id, listing_id, household_id, relief_id, current_date - 10, 1000,
      1000 - ${(ORDERS * LINES_AN_ORDER) / HOUSEHOLDS}::int, ${(ORDERS * LINES_AN_ORDER) / HOUSEHOLDS}::int
    from offered`.execute(db);
}

async function addOrders(db: Kysely<DB>, cooperativeId: string): Promise<void> {
  const produceFen = PRICE_FEN * LINES_AN_ORDER;
  const totalFen = produceFen + FREIGHT_FEN;
  // Seven households on from line to line, so that no order has two lines of one.
  await sql`
    create temp table made as
    select n, uuidv7() as order_id, uuidv7() as parcel_id, uuidv7() as transaction_id,
      now() - interval '1 hour' + n * interval '1 second' as paid_at
    from generate_series(0, ${ORDERS - 1}::int) n`.execute(db);
  await sql`
    insert into orders (id, number, visitor_id, status, idempotency_key, address, produce_fen,
      freight_fen, total_fen, checkout_session_id, expires_at, paid_at, created_at)
    select order_id, 'TJ' || lpad((20990101000000 + n)::text, 14, '0'), 'day-' || n, 'paid',
      order_id::text, json_build_object('recipient', '王小明', 'phone', '13800000000',
        'regionCode', '310115', 'regionZh', '上海市浦东新区', 'regionEn', 'Pudong, Shanghai',
        'street', '世纪大道 ' || n || ' 号'), ${produceFen}, ${FREIGHT_FEN}, ${totalFen},
      'cs_' || order_id, paid_at, paid_at, paid_at from made`.execute(db);
  await sql`
    insert into parcels (id, order_id, cooperative_id, freight_fen, weight_grams, created_at)
    select parcel_id, order_id, ${cooperativeId}, ${FREIGHT_FEN}, 7500, paid_at from made`.execute(
    db,
  );
  await sql`
    create temp table made_lines on commit drop as
    select uuidv7() as line_id, made.*, offered.listing_id, offered.lot_id, offered.relief_id,
      offered.ledger_account_id, offered.place
    from made cross join generate_series(0, ${LINES_AN_ORDER - 1}::int) k
    join offered on offered.place = ((n * ${LINES_AN_ORDER}::int + k) * 7) % ${HOUSEHOLDS}::int`.execute(
    db,
  );
  await sql`
    insert into order_lines (id, order_id, parcel_id, listing_id, cooperative_id, title_zh, title_en,
      grade, unit, unit_grams, quantity, unit_price_fen, line_fen, fee_basis_points, fee_fen, created_at)
    select line_id, order_id, parcel_id, listing_id, ${cooperativeId}, '盐源苹果 ' || place,
      'Apples ' || place, 'first', 'box-5jin', 2500, 1, ${PRICE_FEN}, ${PRICE_FEN}, 600,
      ${FEE_FEN}, paid_at from made_lines`.execute(db);
  await sql`
    insert into allocations (id, order_line_id, lot_id, relief_account_id, quantity, fen, state, created_at)
    select uuidv7(), line_id, lot_id, relief_id, 1, ${PRICE_FEN - FEE_FEN}, 'sold', paid_at
    from made_lines`.execute(db);
  await sql`
    insert into payments (id, order_id, checkout_session_id, payment_intent_id, status, fen,
      currency, paid_at, created_at)
    select uuidv7(), order_id, 'cs_' || order_id, 'pi_' || order_id, 'succeeded', ${totalFen}, 'cny',
      paid_at, paid_at from made`.execute(db);
}

async function addSales(db: Kysely<DB>): Promise<void> {
  const totalFen = PRICE_FEN * LINES_AN_ORDER + FREIGHT_FEN;
  await sql`
    insert into ledger_accounts (id, code, kind)
    select uuidv7(), code, kind from cooperatives c, lateral (values
      ('stripe:clearing', 'asset'), ('coop-fee:' || c.slug, 'income'),
      ('freight:' || c.slug, 'liability')) a (code, kind)
    where c.id = (select cooperative_id from offered limit 1)
    on conflict (code) do nothing`.execute(db);
  await sql`
    insert into ledger_transactions (id, kind, cause_type, cause_id, idempotency_key, occurred_at)
    select transaction_id, 'sale', 'order', order_id, 'sale:' || order_id, paid_at from made
    order by n`.execute(db);
  await sql`
    insert into postings (id, transaction_id, transaction_seq, account_id, fen, order_line_id,
      relief_account_id)
    with own as (select
      (select id from ledger_accounts where code = 'stripe:clearing') as clearing,
      (select id from ledger_accounts where code = 'coop-fee:' || c.slug) as fee,
      (select id from ledger_accounts where code = 'freight:' || c.slug) as freight
      from cooperatives c where c.id = (select cooperative_id from offered limit 1))
    select uuidv7(), t.id, t.seq, said.account_id, said.fen, said.line_id, said.relief_id
    from own, lateral (
      select transaction_id, clearing as account_id, ${totalFen}::int as fen, null::uuid as line_id,
        null::uuid as relief_id from made
      union all select transaction_id, freight, ${-FREIGHT_FEN}::int, null, null from made
      union all select transaction_id, ledger_account_id, ${FEE_FEN - PRICE_FEN}::int, line_id,
        relief_id from made_lines
      union all select transaction_id, fee, ${-FEE_FEN}::int, line_id, null from made_lines
    ) said join ledger_transactions t on t.id = said.transaction_id`.execute(db);
}
