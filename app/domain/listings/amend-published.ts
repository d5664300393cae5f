import type { Kysely } from "kysely";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type Edited, editListing } from "./edit-listing.ts";
import { factChanges } from "./fact-changes.ts";
import type { FactChange } from "./note-changes.ts";
import { gramsOf } from "./offer-rules.ts";
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
const offeredOf = ({ quantityIn, takenOut }: OwnListing) => quantityIn - takenOut;

/** In what an offer differs from the listing it was published as. Pure. */
export function differencesOf(listing: OwnListing, offer: PublishInput): Difference[] {
  const changes = factChanges(
    { ...listing, photoIds: listing.photos.map(({ id }) => id) },
    {
      ...offer,
      ...{ titleZh: offer.titleZh.trim(), titleEn: offer.titleEn.trim() },
      unitGrams: gramsOf(offer.unit, offer.unitGrams) ?? 0,
      ...{ shipsFrom: offer.shipsFrom ?? null, presaleLimit: offer.presaleLimit ?? null },
    },
  );
  const facts = changes.map(({ what, before, after }) => ({
    ...{ what, published: before, offered: after },
  }));
  const others = [
    { what: "category", published: listing.categoryCode, offered: offer.categoryCode } as const,
    {
      what: "quantity",
      published: String(offeredOf(listing)),
      offered: String(offer.quantity),
    } as const,
  ];
  return [...others.filter(({ published, offered }) => published !== offered), ...facts];
}

export type Amended =
  | Edited
  | { ok: false; reason: "category-fixed" | "less-than-sold" | "restock-presale-full" };

/**
 * Makes a published listing say what its household's phone says, where the two differ: an edit as
 * `editListing` makes it, of the listing as it was at `version`, and then so much more or less on
 * sale that `offer.quantity` sale units are offered in all. Each of the two happens once, however
 * often this is called.
 *
 * Fails as `editListing` does; with `category-fixed`, `less-than-sold` (what is sold or held stays)
 * and `restock-presale-full`. Locks as editListing, and then as restockListing or sellOut.
 */
export async function amendPublished(
  db: Kysely<DB>,
  scope: HouseholdScope,
  { listingId, version, offer }: { listingId: string; version: number; offer: PublishInput },
): Promise<Amended> {
  const before = await readOwnListing(db, scope, listingId);
  if (!before) return { ok: false, reason: "listing-unknown" };
  if (before.categoryCode !== offer.categoryCode) return { ok: false, reason: "category-fixed" };
  const more = offer.quantity - offeredOf(before);
  if (-more > before.available) return { ok: false, reason: "less-than-sold" };
  const edited = await editListing(db, scope, { ...offer, listingId, version });
  if (!edited.ok || more === 0) return edited;
  const move = { listingId, clientKey: `${offer.clientKey}:${version}` };
  if (more < 0) {
    await sellOut(db, scope, { ...move, quantity: -more, reason: "other" });
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
  if (restocked.reason === "presale-full") return { ok: false, reason: "restock-presale-full" };
  return { ok: false, reason: restocked.reason };
}
