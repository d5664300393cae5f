import type { Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Holds who works for a cooperative until the transaction ends: its row, in a way that lets orders
 * and listings go on referring to it.
 */
export async function lockMembers(trx: Transaction<DB>, cooperativeId: string): Promise<void> {
  await trx
    .selectFrom("cooperatives")
    .select("id")
    .where("id", "=", cooperativeId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}
