import { sql } from "kysely";
import { createDb, createPool } from "#db/client.ts";
import type { StartedMarket } from "../start/start-market.ts";

/** More than all buyers of a chaos take: who is told "sold out" would look like a broken market. */
const UNITS_MORE = 10_000;

/** Paths of produce that is for sale, from the open market's search, with plenty in every lot. */
export async function fillShelf({ port, databaseUrl }: StartedMarket): Promise<string[]> {
  const html = await (await fetch(`http://127.0.0.1:${port}/search`)).text();
  const shown = [...html.matchAll(/\/produce\/([0-9a-f-]{36})/g)].map(([, id]) => id ?? "");
  const db = createDb(createPool(databaseUrl, 1));
  try {
    // What is sold before its harvest may not be promised without end.
    const { rows } = await sql<{ id: string }>`
      with filled as (
        update lots t set quantity_in = quantity_in + ${UNITS_MORE}, available = available + ${UNITS_MORE}
        from listings l where l.id = t.listing_id and l.presale_limit is null
          and l.id = any(${shown}::uuid[])
        returning l.id
      )
      select distinct id from filled order by id`.execute(db);
    if (rows.length === 0) throw new Error("the market has nothing on its shelf");
    return rows.map(({ id }) => `/produce/${id}`);
  } finally {
    await db.destroy();
  }
}
