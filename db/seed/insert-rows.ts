import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";

// PostgreSQL takes at most 65,535 parameters in a statement.
const MAX_PARAMETERS = 60_000;

/** Inserts many rows in as few statements as PostgreSQL's parameter limit allows. */
export async function insertRows(
  db: Kysely<DB>,
  table: keyof DB,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).length || 1;
  const size = Math.floor(MAX_PARAMETERS / columns);
  for (let at = 0; at < rows.length; at += size) {
    // The seed builds rows of every table; PostgreSQL checks them as it inserts.
    await db
      .insertInto(table)
      .values(rows.slice(at, at + size) as never)
      .execute();
  }
}
