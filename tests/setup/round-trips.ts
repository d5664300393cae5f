import type { Kysely } from "kysely";
import { createDb, createPool } from "#db/client.ts";
import type { DB } from "#db/schema.d.ts";

/** A way of its own into a test's database that counts how often it is asked, `begin` and all. */
export function countRoundTrips(url: string): { db: Kysely<DB>; take(): number } {
  const pool = createPool(url, 2);
  let count = 0;
  pool.on("connect", (client) => {
    const ask = client.query.bind(client) as (...asked: unknown[]) => unknown;
    client.query = ((...asked: unknown[]) => {
      count += 1;
      return ask(...asked);
    }) as typeof client.query;
  });
  return {
    db: createDb(pool),
    /** How often since it was asked last. */
    take() {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}
