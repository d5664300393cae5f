import type { Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { noteOrigins } from "#app/domain/audit/note-act.ts";
import { noteChange } from "#app/domain/messages/note-change.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export const sellOutReasons = ["sold-elsewhere", "spoiled", "kept", "other"] as const;
export type SellOutReason = (typeof sellOutReasons)[number];

/** A fact of a listing that was changed: as text, for it is only shown. */
export type FactChange = {
  what:
    | "title"
    | "titleEn"
    | "grade"
    | "unit"
    | "price"
    | "harvestedOn"
    | "photos"
    | "shipsFrom"
    | "presaleLimit"
    | "mostPerOrder"
    | "status";
  before: string;
  after: string;
};

/** Stock that came in or was taken off sale, with what was on sale before and after. */
export type StockChange = {
  what: "restock" | "sell-out";
  before: string;
  after: string;
  lotId: string;
  quantity: number;
  reason?: SellOutReason;
  /** Of the form, with its household: see `keyOf`. */
  clientKey: string;
};

export type ListingChange = FactChange | StockChange;

/** The household is part of a form's key: another's can neither be met nor used up. */
export const keyOf = ({ householdId }: SellerScope, clientKey: string) =>
  `${householdId}:${clientKey}`;

/**
 * Writes what was changed of a listing, by whom, into its history, which is never written on
 * again. The caller makes the change in the same transaction and holds the listing's row. Of all
 * that a cooperative changes its household is told.
 */
export async function noteChanges(
  trx: Transaction<DB>,
  scope: SellerScope,
  listingId: string,
  changes: readonly ListingChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const { userId: changed_by, householdId } = scope;
  const by_cooperative = "isOnBehalf" in scope;
  const rows = changes.map((change) => {
    const { what, before, after } = change;
    const noted = { id: uuidv7(), listing_id: listingId, changed_by, by_cooperative };
    if (!("lotId" in change)) return { ...noted, what, before, after };
    const { lotId: lot_id, quantity, reason, clientKey: client_key } = change;
    return { ...noted, what, before, after, lot_id, quantity, reason, client_key };
  });
  await trx.insertInto("listing_changes").values(rows).execute();
  const [first] = rows;
  if (by_cooperative && first) {
    // The record of the cooperative's acts reads them here (audit/read-acts.ts).
    await noteOrigins(
      trx,
      rows.map(({ id }) => id),
    );
    await noteChange(trx, { listingId, householdId, changeId: first.id });
  }
}
