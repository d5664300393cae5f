import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { tellShop } from "./write-cycle.ts";

type Turned = { id: string; shopTold: "open" | "closed" };

/**
 * Brings search and the shop's pages up to date for the cycles that have opened or closed since they
 * last were. Whether something may be ordered does not hang on it: an order looks at the clock itself.
 * Each cycle in a transaction of its own, skipping those that somebody else holds; safe to repeat.
 */
export async function turnCycles(
  db: Kysely<DB>,
  now: Date = new Date(),
): Promise<{ ok: true; cycles: number }> {
  const { rows } = await sql<{ id: string }>`
    select id from order_cycles
    where called_off_at is null and shop_told <> 'closed' and opens_at <= ${now}
      and (shop_told = 'planned' or closes_at <= ${now}) order by id`.execute(db);
  let cycles = 0;
  for (const { id } of rows) {
    cycles += await db.transaction().execute(async (trx) => {
      const { rows: turned } = await sql<Turned>`
        update order_cycles c set shop_told = case when c.closes_at <= ${now} then 'closed' else 'open' end
        where c.id = (select id from order_cycles where id = ${id} for no key update skip locked)
          and c.called_off_at is null and c.opens_at <= ${now}
          and (c.shop_told = 'planned' or c.closes_at <= ${now}) and c.shop_told <> 'closed'
        returning c.id, c.shop_told as "shopTold"`.execute(trx);
      if (turned.length === 0) return 0;
      const { rows: listings } = await sql<{ id: string }>`
        select listing_id as id from cycle_listings where cycle_id = ${id}`.execute(trx);
      await tellShop(
        trx,
        listings.map((listing) => listing.id),
      );
      return 1;
    });
  }
  return { ok: true, cycles };
}
