import type { Kysely, RawBuilder } from "kysely";
import { sql } from "kysely";
import { verifyWithin } from "#app/domain/ledger/verify-ledger.ts";
import type { DB } from "#db/schema.d.ts";

/** What checking the ledger finds after these forgeries, which are undone again. */
export async function foundIn(db: Kysely<DB>, forgeries: readonly RawBuilder<unknown>[]) {
  const undone = new Error("undone");
  let found: Awaited<ReturnType<typeof verifyWithin>>["differences"] = [];
  await db
    .transaction()
    .execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      for (const forgery of forgeries) await forgery.execute(trx);
      found = (await verifyWithin(trx)).differences;
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return found;
}
