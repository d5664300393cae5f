import { createHash } from "node:crypto";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";
import { whyAsked } from "./database-away.ts";

/** A statement comes again and again or it is not worth remembering: once is no habit. */
const USES_BEFORE = 3;
/** What is longer carries its rows in its text, as a seed does. */
const LONGEST_TEXT = 20_000;
/** Each costs some memory on every connection; the market has about two hundred. */
const MOST_STATEMENTS = 400;

/** How often each statement was seen, until it has a name: hashing the text costs more than finding it. */
const seen = new Map<string, number | string>();

/** A name for a statement that comes often, so that PostgreSQL reads and plans it once; or none. */
function nameOf(text: string): string | undefined {
  const before = seen.get(text) ?? 0;
  if (typeof before === "string") return before;
  if (text.length > LONGEST_TEXT) return undefined;
  if (before === 0 && seen.size >= MOST_STATEMENTS) return undefined;
  if (before < USES_BEFORE) {
    seen.set(text, before + 1);
    return undefined;
  }
  const name = createHash("sha1").update(text).digest("base64url");
  seen.set(text, name);
  return name;
}

/**
 * The pool as Kysely wants it, with statements that come often prepared under a name, connection
 * by connection. Planning the statement that writes an order takes longer than running it.
 * PostgreSQL itself keeps planning anew where a plan for any parameters would be the worse one.
 * https://www.postgresql.org/docs/current/sql-prepare.html#SQL-PREPARE-NOTES
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const wrap = (client: pg.PoolClient): PostgresPoolClient => ({
    // Kysely asks for nothing else: what streams by a cursor is not set up.
    query: ((text: string, values: unknown[]) => {
      const name = values.length > 0 ? nameOf(text) : undefined;
      return client.query({ name, text, values }).catch((error) => {
        throw whyAsked(error);
      });
    }) as unknown as PostgresPoolClient["query"],
    release: () => client.release(),
  });
  return {
    async connect() {
      const client = await pool.connect();
      const before = known.get(client);
      if (before) return before;
      const wrapped = wrap(client);
      known.set(client, wrapped);
      return wrapped;
    },
    end: () => pool.end(),
  };
}
