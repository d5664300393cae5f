import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Forgets from where people acted longer than a year ago, and how many acts that was of; what they did
 * stays. The database itself (0104) lets nothing younger go. Locks the rows that go.
 */
export async function forgetOrigins(db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ gone: number }>`select forget_act_origins() as gone`.execute(db);
  return Number(rows[0]?.gone ?? 0);
}
