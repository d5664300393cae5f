import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** True when nobody has listed anything yet. */
export async function isEmpty(db: Kysely<DB>): Promise<boolean> {
  const found = await sql`select 1 from cooperatives limit 1`.execute(db);
  return found.rows.length === 0;
}
