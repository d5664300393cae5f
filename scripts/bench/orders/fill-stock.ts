import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** More than any bench sells, less than an integer holds with all that is added to it. */
const PLENTY = 1_000_000_000;

export type Stock = { listingId: string; lotId: string };

/**
 * Puts `count` more listings on sale, one lot each, spread over the seeded households. They all
 * cost and weigh the same, so that every order of a bench is the same work.
 */
export async function fillStock(
  db: Kysely<DB>,
  count: number,
  quantity = PLENTY,
): Promise<Stock[]> {
  const { rows } = await sql<Stock>`
    with homes as (
      select h.*, r.id as relief_id, row_number() over (order by h.id) - 1 as place,
        count(*) over () as homes
      from households h join relief_accounts r on r.household_id = h.id
    ), listed as (
      insert into listings (id, cooperative_id, created_by_household_id, client_key,
        category_code, title_zh, title_en, grade, unit, unit_grams, price_fen, harvested_on,
        village_zh, village_en, region_code, status, published_at)
      select uuidv7(), h.cooperative_id, h.id, gen_random_uuid()::text,
        (select code from categories order by code limit 1), '盐源苹果 ' || n, 'Apples ' || n,
        'first', 'box-5jin', 2500, 2990, date '2026-11-01', h.village_zh, h.village_en,
        h.region_code, 'published', now() - interval '30 days'
      from generate_series(1, ${count}::int) n join homes h on h.place = n % h.homes
      returning id, created_by_household_id
    )
    insert into lots (id, listing_id, household_id, relief_account_id, harvested_on,
      quantity_in, available)
    select uuidv7(), listed.id, homes.id, homes.relief_id, date '2026-11-01',
      ${quantity}::int, ${quantity}::int
    from listed join homes on homes.id = listed.created_by_household_id
    returning listing_id as "listingId", id as "lotId"`.execute(db);
  // What was just filled is planned for as it is, not as the empty market was.
  await sql`analyze`.execute(db);
  return rows;
}
