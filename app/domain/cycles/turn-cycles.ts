import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { tellShopOf } from "./write-cycle.ts";

/**
 * Brings search and the shop's pages up to date for the cycles that have opened or closed since they
 * last were. Whether something may be ordered does not hang on it: an order looks at the clock itself.
 * Each cycle in a transaction of its own, skipping those that somebody else holds; safe to repeat.
 */
export async function turnCycles(
  db: Kysely<DB>,
  now: Date = new Date(),
): Promise<{ ok: true; cycles: number }> {
  const isDue = sql`called_off_at is null and shop_told <> 'closed' and opens_at <= ${now}
    and (shop_told = 'planned' or closes_at <= ${now})`;
  const { rows } = await sql<{ id: string }>`
    select id from order_cycles where ${isDue} order by id`.execute(db);
  let cycles = 0;
  for (const { id } of rows) {
    cycles += await db.transaction().execute(async (trx) => {
      const { rows: turned } = await sql`
        update order_cycles set shop_told = case when closes_at <= ${now} then 'closed' else 'open' end
        where id = (select id from order_cycles where id = ${id} for no key update skip locked)
          and ${isDue} returning id`.execute(trx);
      if (turned.length > 0) await tellShopOf(trx, id);
      return turned.length;
    });
  }
  return { ok: true, cycles };
}
