import { type CompiledQuery, Kysely, PostgresDialect } from "kysely";
import { createPool } from "#db/client.ts";
import type { DB } from "#db/schema.d.ts";

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Plan[];
};

/** The rows a plan's scans read from tables and indexes, those thrown away at once included. */
function touchedBy(plan: Plan, tables: readonly string[]): number {
  const below = (plan.Plans ?? []).reduce((sum, part) => sum + touchedBy(part, tables), 0);
  if (!tables.includes(plan["Relation Name"] ?? "")) return below;
  const removed =
    (plan["Rows Removed by Filter"] ?? 0) + (plan["Rows Removed by Index Recheck"] ?? 0);
  return below + (plan["Actual Rows"] + removed) * plan["Actual Loops"];
}

/**
 * How many rows of some tables PostgreSQL reads to answer what `read` asks: each of its statements
 * is run again under EXPLAIN ANALYZE. The measure of a plan that does not depend on the machine.
 */
export async function rowsTouched(
  url: string,
  tables: readonly (keyof DB)[],
  read: (db: Kysely<DB>) => Promise<unknown>,
): Promise<number> {
  const pool = createPool(url, 1);
  const asked: CompiledQuery[] = [];
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => {
      asked.push(query);
    },
  });
  try {
    await read(db);
    let touched = 0;
    for (const { sql, parameters } of asked) {
      const { rows } = await pool.query(`explain (analyze, timing off, format json) ${sql}`, [
        ...parameters,
      ]);
      touched += touchedBy(rows[0]["QUERY PLAN"][0].Plan, tables);
    }
    return Math.round(touched);
  } finally {
    await db.destroy();
  }
}
