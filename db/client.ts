import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { guardedClient } from "./guarded-client.ts";
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

/** How long to wait for a connection that is free, and for the database to shake hands. */
type Patience = { waitMs: number; reachMs: number };
const OF_A_READER: Patience = { waitMs: 5_000, reachMs: 2_000 };

export function createPool(
  connectionString: string,
  max = 10,
  { waitMs, reachMs } = OF_A_READER,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: waitMs,
    Client: guardedClient(reachMs),
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
