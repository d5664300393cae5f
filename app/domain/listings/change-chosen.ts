import type { Kysely } from "kysely";
import { readSeller } from "#app/domain/consents/read-household.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type Changed, changeListing } from "./change-listing.ts";
import type { ListingEvent } from "./listing-states.ts";

/** What became of one of the chosen listings: changed now, as it stands already, or why not. */
export type ChosenOutcome = "changed" | "stands" | Extract<Changed, { ok: false }>["reason"];

/**
 * Pauses or resumes several listings of the scope's cooperative's households, each by itself as
 * change-listing.ts does: what cannot be changed stops no other. The same again changes nothing.
 * Answers in the order named; unknown and another's are "listing-unknown". Locks one after the other.
 */
export async function changeChosen(
  db: Kysely<DB>,
  scope: CoopScope,
  {
    listingIds,
    event,
  }: { listingIds: readonly string[]; event: Exclude<ListingEvent, "withdraw"> },
): Promise<Map<string, ChosenOutcome>> {
  const outcomes = new Map<string, ChosenOutcome>();
  for (const listingId of new Set(listingIds)) {
    const seller = await readSeller(db, scope, listingId);
    const changed: Changed = seller
      ? await changeListing(db, seller.onBehalf, { listingId, event })
      : { ok: false, reason: "listing-unknown" };
    const said = changed.ok ? (changed.isChanged ? "changed" : "stands") : changed.reason;
    outcomes.set(listingId, said);
  }
  return outcomes;
}
