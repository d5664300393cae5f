import { CompiledQuery, type Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** What a query counts; it must give one row with one number. */
export async function countOf(
  db: Kysely<DB>,
  query: string,
  parameters: readonly unknown[] = [],
): Promise<number> {
  const { rows } = await db.executeQuery<Record<string, number>>(
    CompiledQuery.raw(query, [...parameters]),
  );
  return Number(Object.values(rows[0] ?? {})[0]);
}

/** Asks each query for what must not be there: a line for each that counts anything. */
export async function mustBeNone(
  db: Kysely<DB>,
  queries: Record<string, string>,
  parameters: readonly unknown[] = [],
): Promise<string[]> {
  const deviations: string[] = [];
  for (const [what, query] of Object.entries(queries)) {
    const count = await countOf(db, query, query.includes("$1") ? parameters : []);
    if (count !== 0) deviations.push(`${count} ${what}`);
  }
  return deviations;
}
