import type { Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Notes, in the transaction in which a cooperative changes a household's listing, that the
 * household is to be told of it; nothing is sent or queued here (tell-changes.ts does, later and
 * together). What it has yet to be told of the same listing is left as it is.
 */
export async function noteChange(
  trx: Transaction<DB>,
  untold: { listingId: string; householdId: string; changeId: string },
): Promise<void> {
  await trx
    .insertInto("untold_changes")
    .values({
      listing_id: untold.listingId,
      household_id: untold.householdId,
      change_id: untold.changeId,
    })
    .onConflict((conflict) => conflict.column("listing_id").doNothing())
    .execute();
}
