import type { Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { endOfferHolds } from "./end-hold.ts";
import { noteEnded } from "./note-ended.ts";

/**
 * Asks nobody any more about parcels that are called off: all their money goes back, and what was held
 * is on sale again. Answers of which listings, which the caller has indexed with what else it gives back.
 * The caller holds the order's row; the parcels' lots are locked after it, by id.
 */
export async function dropSubstitutes(
  trx: Transaction<DB>,
  { parcelIds, userId, now }: { parcelIds: readonly string[]; userId: string | null; now: Date },
): Promise<string[]> {
  const open = await trx
    .selectFrom("substitutions")
    .where("parcel_id", "in", [...parcelIds])
    .where("state", "=", "open")
    .select(["id", "parcel_id as parcelId"])
    .orderBy("id")
    .forUpdate()
    .execute();
  if (open.length === 0) return [];
  const listings = await endOfferHolds(trx, parcelIds);
  for (const { id, parcelId } of open) {
    await noteEnded(trx, { id, parcelId, state: "dropped", userId, now });
  }
  return listings;
}
