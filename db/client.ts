import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { preparing } from "./prepare-statements.ts";
import type { DB } from "./schema.d.ts";

const BIGINT = 20;
const DATE = 1082;
const NUMERIC = 1700;

/** Fen and grams are whole numbers far below 2^53; a value beyond it is a bug, not a rounding. */
function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`);
  return value;
}

/** Types as the app reads them: bigint as a checked number, date as "2026-11-22" (no time zone). */
function typeParser(oid: number, format?: "text" | "binary") {
  if (oid === BIGINT) return parseBigint;
  // sum(bigint) is numeric: the same check holds for it.
  if (oid === NUMERIC)
    return (text: string) => (text.includes(".") ? Number(text) : parseBigint(text));
  if (oid === DATE) return (text: string) => text;
  return pg.types.getTypeParser(oid, format);
}

export function createPool(connectionString: string, max = 10): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    types: { getTypeParser: typeParser } as pg.CustomTypesConfig,
  });
  // A connection that breaks while idle is replaced by the pool; unheard, it would end the process.
  pool.on("error", () => {});
  return pool;
}

export function createDb(pool: pg.Pool): Kysely<DB> {
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
}
