import type { Kysely } from "kysely";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type Edited, editListing } from "./edit-listing.ts";
import { factChanges, factsOf } from "./fact-changes.ts";
import type { FactChange } from "./note-changes.ts";
import type { PublishInput } from "./publish-listing.ts";
import { type OwnListing, readOwnListing } from "./read-own-listings.ts";
import { restockListing } from "./restock-listing.ts";
import { sellOut } from "./sell-out.ts";

/** What differs, as texts (see fact-changes.ts); a category by its code, a quantity in sale units. */
export type Difference = {
  what: FactChange["what"] | "category" | "quantity";
  published: string;
  offered: string;
};

/** Whole sale units that came in and were not taken off sale again. */
export const offeredOf = ({ quantityIn, takenOut }: OwnListing) => quantityIn - takenOut;

type Said = Omit<PublishInput, "clientKey">;

/** In what an offer differs from the listing it was published as. Pure. */
export function differencesOf(listing: OwnListing, offer: Said): Difference[] {
  const photoIds = listing.photos.map(({ id }) => id);
  return offerDifferences({ ...listing, photoIds, quantity: offeredOf(listing) }, offer);
}

/** In what one saying of an offer differs from another, here called published. Pure. */
export function offerDifferences(before: Said, offer: Said): Difference[] {
  const changes = factChanges(factsOf(before), factsOf(offer));
  const facts = changes.map(({ what, before, after }) => ({
    ...{ what, published: before, offered: after },
  }));
  const others = [
    { what: "category", published: before.categoryCode, offered: offer.categoryCode } as const,
    {
      what: "quantity",
      published: String(before.quantity),
      offered: String(offer.quantity),
    } as const,
  ];
  return [...others.filter(({ published, offered }) => published !== offered), ...facts];
}

/** What was published when somebody chose. */
export type Shown = { version: number; offered: number };

export type Amended =
  | Edited
  | { ok: false; reason: "category-fixed" | "less-than-sold" | "restock-presale-full" };

/**
 * Makes a published listing say what its household's phone says, where the two differ: an edit as
 * `editListing` makes it, of the listing as it was `shown` (its version, and how many sale units were
 * offered in all: a restock is no new version), and then so much more or less on sale that
 * `offer.quantity` are offered. Each of the two happens once, however often this is called.
 *
 * Fails as `editListing` does, with `listing-changed` also where another quantity is offered by now
 * (what she edited may be done then); with `category-fixed`, `less-than-sold` (what is sold or held
 * stays) and `restock-presale-full`. Locks as editListing, and then as restockListing or sellOut.
 */
export async function amendPublished(
  db: Kysely<DB>,
  scope: HouseholdScope,
  { listingId, shown, offer }: { listingId: string; shown: Shown; offer: PublishInput },
): Promise<Amended> {
  const before = await readOwnListing(db, scope, listingId);
  if (!before) return { ok: false, reason: "listing-unknown" };
  if (before.categoryCode !== offer.categoryCode) return { ok: false, reason: "category-fixed" };
  const { version, offered: promised } = shown;
  if (offeredOf(before) !== promised) return { ok: false, reason: "listing-changed" };
  const more = offer.quantity - promised;
  if (-more > before.available) return { ok: false, reason: "less-than-sold" };
  const edited = await editListing(db, scope, { ...offer, listingId, version });
  if (!edited.ok || more === 0) return edited;
  const move = { listingId, promised, clientKey: `${offer.clientKey}:${version}:${promised}` };
  if (more < 0) {
    const taken = await sellOut(db, scope, { ...move, quantity: -more, reason: "other" });
    if (!taken.ok) {
      const { reason } = taken;
      return { ok: false, reason: reason === "sold-out-before" ? "listing-changed" : reason };
    }
    // Buyers may have taken some of it in this moment.
    const after = await readOwnListing(db, scope, listingId);
    const isTooMuch = after !== undefined && offeredOf(after) > offer.quantity;
    return isTooMuch ? { ok: false, reason: "less-than-sold" } : { ok: true, isChanged: true };
  }
  const { harvestedOn } = offer;
  const restocked = await restockListing(db, scope, { ...move, quantity: more, harvestedOn });
  if (restocked.ok) return { ok: true, isChanged: true };
  if (restocked.reason === "stock-invalid") {
    return { ok: false, reason: "offer-invalid", problems: restocked.problems };
  }
  // Another sending has brought in another quantity in this moment.
  if (restocked.reason === "restocked-before") return { ok: false, reason: "listing-changed" };
  if (restocked.reason === "presale-full") return { ok: false, reason: "restock-presale-full" };
  if (restocked.reason === "beyond-agreed" || restocked.reason === "quantity-doubted") {
    throw new Error(`a household was refused its own stock: ${restocked.reason}`);
  }
  return { ok: false, reason: restocked.reason };
}
