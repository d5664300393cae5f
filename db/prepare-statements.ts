import { createHash } from "node:crypto";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";

/** A statement comes again and again or it is not worth remembering: once is no habit. */
const USES_BEFORE = 3;
/** What is longer carries its rows in its text, as a seed does. */
const LONGEST_TEXT = 20_000;
/** Each costs some memory on every connection; the market has about two hundred. */
const MOST_STATEMENTS = 400;

const uses = new Map<string, number>();

/** A name for a statement that comes often, so that PostgreSQL reads and plans it once; or none. */
function nameOf(text: string): string | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  const before = uses.get(text) ?? 0;
  if (before === 0 && uses.size >= MOST_STATEMENTS) return undefined;
  if (before < USES_BEFORE) {
    uses.set(text, before + 1);
    return undefined;
  }
  return createHash("sha1").update(text).digest("base64url");
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
      return client.query({ name, text, values });
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
