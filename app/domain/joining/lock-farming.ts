import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Holds for which household somebody farms, and what she applies for, until the transaction ends.
 * It comes before every other lock of joining.
 */
export async function lockFarming(trx: Transaction<DB>, userId: string): Promise<void> {
  const key = `farms-for:${userId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
}

/** Whether she farms for a household now. Locks nothing: the caller holds lockFarming. */
export async function isFarming(trx: Transaction<DB>, userId: string): Promise<boolean> {
  const member = await trx
    .selectFrom("household_members")
    .select("id")
    .where("user_id", "=", userId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return member !== undefined;
}
