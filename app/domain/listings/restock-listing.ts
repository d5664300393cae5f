import type { Kysely, Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { agreedQuantity, mostWithout } from "./agreed-terms.ts";
import { doubtQuantity, type QuantityDoubt } from "./doubt-quantity.ts";
import {
  hasOther,
  type LockedListing,
  lockOwnListing,
  lockOwnLots,
  type OwnLot,
  promisedIn,
  readMoved,
} from "./lock-own-listing.ts";
import { keyOf, noteChanges } from "./note-changes.ts";
import { type Incoming, type OfferProblems, stockProblems } from "./offer-rules.ts";

export type Restocked =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "stock-invalid"; problems: OfferProblems }
  | { ok: false; reason: "restocked-before"; quantity: number }
  | { ok: false; reason: "presale-full"; room: number }
  | { ok: false; reason: "beyond-agreed"; agreed: number; room: number }
  | ({ ok: false; reason: "quantity-doubted" } & QuantityDoubt)
  | { ok: false; reason: "listing-unknown" | "listing-withdrawn" | "listing-changed" };

/**
 * Brings more of a household's own listing on sale, in whole sale units: into the lot of the same
 * harvest day, or as a lot of its own. Noted in the listing's history, and queued to be indexed.
 * The same client key of the same household again changes nothing.
 *
 * Of what is sold out the listing tells the new harvest's day. Fails with `stock-invalid`
 * (quantity or day, see offer-rules.ts), `restocked-before` (by the same client key `quantity` units
 * came in, which is not what this says), `presale-full` (a pre-sale may promise only `room` more),
 * `beyond-agreed` (a cooperative would sell far more than the household has `agreed` to, see
 * agreed-terms.ts; `room` is what it may add without asking), `quantity-doubted` (where `isSure` is
 * false and it looks like a slip, see doubt-quantity.ts),
 * `listing-unknown` (also for somebody else's), `listing-withdrawn` and `listing-changed` (by now
 * not `promised` sale units came in and were not taken off sale). Locks the listing, then its lots
 * in id order.
 */
export async function restockListing(
  db: Kysely<DB>,
  scope: SellerScope,
  input: Incoming & {
    listingId: string;
    clientKey: string;
    promised?: number;
    isSure?: boolean;
  },
  now: Date = new Date(),
): Promise<Restocked> {
  const problems = stockProblems(input, now);
  if (Object.keys(problems).length > 0) return { ok: false, reason: "stock-invalid", problems };
  return db.transaction().execute(async (trx) => {
    const { listingId } = input;
    const listing = await lockOwnListing(trx, scope, listingId);
    if (!listing) return { ok: false, reason: "listing-unknown" };
    const before = await readMoved(trx, scope, input);
    if (before) {
      const { quantity, harvestedOn } = before;
      const isSame = quantity === input.quantity && harvestedOn === input.harvestedOn;
      if (isSame) return { ok: true, isNew: false };
      return { ok: false, reason: "restocked-before", quantity };
    }
    if (listing.status === "withdrawn") return { ok: false, reason: "listing-withdrawn" };
    const lots = await lockOwnLots(trx, scope, listingId);
    if (hasOther(lots, input)) return { ok: false, reason: "listing-changed" };
    const room = roomOf(listing, lots);
    if (input.quantity > room) return { ok: false, reason: "presale-full", room };

    const onSale = lots.reduce((sum, lot) => sum + lot.available, 0);
    const { agreed, toldLimit } = await agreedQuantity(trx, scope, { listingId, lots });
    const agreedRoom = Math.max(0, mostWithout(agreed, listing.presaleLimit && toldLimit) - onSale);
    if (input.quantity > agreedRoom) {
      return { ok: false, reason: "beyond-agreed", agreed, room: agreedRoom };
    }
    const quantityIn = lots.reduce((sum, lot) => sum + lot.quantityIn, 0);
    const stock = { available: onSale, quantityIn, unitGrams: listing.unitGrams };
    const doubt = input.isSure === false && doubtQuantity(stock, input.quantity);
    if (doubt) return { ok: false, reason: "quantity-doubted", ...doubt };

    const lotId = await bringIn(trx, scope, lots, input);
    if (onSale === 0 && listing.harvestedOn !== input.harvestedOn) {
      await tellHarvest(trx, scope, input, listing);
    }
    await noteChanges(trx, scope, listingId, [
      {
        what: "restock",
        before: String(onSale),
        after: String(onSale + input.quantity),
        lotId,
        quantity: input.quantity,
        clientKey: keyOf(scope, input.clientKey),
      },
    ]);
    await queueIndexing(trx, listingId);
    return { ok: true, isNew: true };
  });
}

/** How much more a pre-sale may promise; what is harvested knows no limit. */
function roomOf({ presaleLimit }: LockedListing, lots: readonly OwnLot[]): number {
  if (presaleLimit === null) return Number.POSITIVE_INFINITY;
  return Math.max(0, presaleLimit - promisedIn(lots));
}

async function bringIn(
  trx: Transaction<DB>,
  { householdId }: SellerScope,
  lots: readonly OwnLot[],
  { listingId, quantity, harvestedOn }: Incoming & { listingId: string },
): Promise<string> {
  const sameDay = lots.find((lot) => lot.harvestedOn === harvestedOn);
  if (sameDay) {
    await trx
      .updateTable("lots")
      .set((lot) => ({
        quantity_in: lot("quantity_in", "+", quantity),
        available: lot("available", "+", quantity),
      }))
      .where("id", "=", sameDay.id)
      .execute();
    return sameDay.id;
  }
  const latest = lots.at(-1);
  if (!latest) throw new Error(`listing ${listingId} has no lot of its own household`);
  const id = uuidv7();
  await trx
    .insertInto("lots")
    .values({
      ...{ id, listing_id: listingId, household_id: householdId, harvested_on: harvestedOn },
      ...{ relief_account_id: latest.reliefAccountId, quantity_in: quantity, available: quantity },
    })
    .execute();
  return id;
}

/** What buyers read of the harvest is that of what they can buy. */
async function tellHarvest(
  trx: Transaction<DB>,
  scope: SellerScope,
  { listingId, harvestedOn }: { listingId: string; harvestedOn: string },
  { harvestedOn: before }: LockedListing,
): Promise<void> {
  await trx
    .updateTable("listings")
    .set((set) => ({
      harvested_on: harvestedOn,
      version: set("version", "+", 1),
      updated_at: new Date(),
    }))
    .where("id", "=", listingId)
    .execute();
  await noteChanges(trx, scope, listingId, [{ what: "harvestedOn", before, after: harvestedOn }]);
}
