import { type Kysely, sql } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { LossReason } from "../stock/loss-reasons.ts";
import type { FactChange, SellOutReason } from "./note-changes.ts";

export type HistoryEntry = {
  id: string;
  at: Date;
  what: FactChange["what"] | "restock" | "sell-out" | "called-off";
  /** As the history keeps it: fen, a day, a word of the domain; of stock what was on sale. */
  before: string;
  after: string;
  quantity: number | null;
  /** The harvest of the lot that was moved. */
  harvestedOn: string | null;
  reason: SellOutReason | LossReason | "moved" | null;
  /** `me` is the one who asks. */
  by: "me" | "household" | "cooperative";
};

const MOST_ENTRIES = 200;

/**
 * What was changed of a household's own listing, newest first, at most 200 entries; empty for
 * somebody else's. Sales are not in it: they are told by the orders. Locks nothing, cannot fail.
 */
export async function readHistory(
  db: Kysely<DB>,
  scope: SellerScope,
  listingId: string,
): Promise<HistoryEntry[]> {
  return db
    .selectFrom("listing_changes as c")
    .innerJoin("listings as l", "l.id", "c.listing_id")
    .leftJoin("lots", "lots.id", "c.lot_id")
    .where("l.id", "=", listingId)
    .where("l.created_by_household_id", "=", scope.householdId)
    .where("l.status", "<>", "draft")
    .select([
      "c.id",
      "c.created_at as at",
      sql<HistoryEntry["what"]>`c.what`.as("what"),
      sql<string>`coalesce(c.before, '')`.as("before"),
      sql<string>`coalesce(c.after, '')`.as("after"),
      "c.quantity",
      "lots.harvested_on as harvestedOn",
      sql<HistoryEntry["reason"]>`c.reason`.as("reason"),
      sql<HistoryEntry["by"]>`case when c.changed_by = ${scope.userId} then 'me'
        when c.by_cooperative then 'cooperative' else 'household' end`.as("by"),
    ])
    .orderBy("c.id", "desc")
    .limit(MOST_ENTRIES)
    .execute();
}
