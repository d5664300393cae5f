import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * The parcels of an order that were called off, those sent later after those they were parted from:
 * their goods are on sale again. Locks nothing.
 */
export async function readCalledOff(trx: DbTransaction<DB>, orderId: string): Promise<string[]> {
  const off = await trx
    .selectFrom("parcels")
    .select("id")
    .where("order_id", "=", orderId)
    .where("status", "=", "cancelled")
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return off.map(({ id }) => id);
}
