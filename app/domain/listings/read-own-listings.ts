import { type Kysely, sql } from "kysely";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import type { OnBehalfScope, SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { photosOf } from "./listing-photos.ts";
import type { ListingStatus } from "./listing-states.ts";
import { keyOf } from "./note-changes.ts";
import type { Grade, Unit } from "./offer-rules.ts";

/**
 * A household's own listing (one that was made for it, once it has agreed): what it says, and where
 * its own quantity is now, in sale units.
 */
export type OwnListing = {
  id: string;
  titleZh: string;
  titleEn: string;
  categoryCode: string;
  categoryZh: string;
  categoryEn: string;
  grade: Grade;
  unit: Unit;
  unitGrams: number;
  priceFen: number;
  harvestedOn: string;
  status: ListingStatus;
  publishedAt: Date | null;
  quantityIn: number;
  available: number;
  held: number;
  sold: number;
  /** Taken off sale again. */
  takenOut: number;
  shipsFrom: string | null;
  presaleLimit: number | null;
  /** Whole sale units that one order may take. */
  mostPerOrder: number | null;
  version: number;
  /** Its unit stays. */
  wasOrdered: boolean;
  /** Each with a harvest of its own. */
  lots: number;
  photos: PhotoView[];
};

function ownListings(db: Kysely<DB>, scope: SellerScope, photos: number, isDraft = false) {
  return db
    .selectFrom("listings as l")
    .innerJoin("categories as c", "c.code", "l.category_code")
    .where("l.created_by_household_id", "=", scope.householdId)
    .where("l.status", isDraft ? "=" : "<>", "draft")
    .select([
      "l.id",
      "l.title_zh as titleZh",
      "l.title_en as titleEn",
      "l.category_code as categoryCode",
      "c.name_zh as categoryZh",
      "c.name_en as categoryEn",
      "l.unit_grams as unitGrams",
      "l.price_fen as priceFen",
      "l.harvested_on as harvestedOn",
      "l.published_at as publishedAt",
      sql<Grade>`l.grade`.as("grade"),
      sql<Unit>`l.unit`.as("unit"),
      sql<ListingStatus>`l.status`.as("status"),
      stock("quantity_in").as("quantityIn"),
      stock("available").as("available"),
      stock("held").as("held"),
      stock("sold").as("sold"),
      stock("taken_out").as("takenOut"),
      "l.ships_from as shipsFrom",
      "l.presale_limit as presaleLimit",
      "l.most_per_order as mostPerOrder",
      "l.version",
      sql<boolean>`exists (select from order_lines where listing_id = l.id)`.as("wasOrdered"),
      sql<number>`(select count(*) from lots where listing_id = l.id)`.as("lots"),
      photosOf(sql.ref("l.id"), photos).as("photos"),
    ]);
}

function stock(column: string) {
  return sql<number>`(select coalesce(sum(${sql.ref(column)}), 0) from lots where listing_id = l.id)`;
}

/** The household's listings, newest first, each with its first photo; withdrawn ones last. */
export async function readOwnListings(
  db: Kysely<DB>,
  scope: SellerScope,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ listings: OwnListing[]; total: number }> {
  const listings = await ownListings(db, scope, 1)
    .orderBy(sql`l.status = 'withdrawn'`)
    .orderBy("l.id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
  const { total } = await db
    .selectFrom("listings")
    .where("created_by_household_id", "=", scope.householdId)
    .where("status", "<>", "draft")
    .select(sql<number>`count(*)`.as("total"))
    .executeTakeFirstOrThrow();
  return { listings, total };
}

/** One listing of the household's own with all its photos; undefined when it is not hers. */
export async function readOwnListing(
  db: Kysely<DB>,
  scope: SellerScope,
  listingId: string,
): Promise<OwnListing | undefined> {
  return ownListings(db, scope, 6).where("l.id", "=", listingId).executeTakeFirst();
}

/** What was listed for the household and waits for its word, or never got it. */
export async function readListedDraft(
  db: Kysely<DB>,
  scope: OnBehalfScope,
  listingId: string,
): Promise<OwnListing | undefined> {
  return ownListings(db, scope, 6, true).where("l.id", "=", listingId).executeTakeFirst();
}

/** What the household published under this key of a form or a phone; undefined for nothing. */
export async function readPublishedByKey(
  db: Kysely<DB>,
  scope: SellerScope,
  clientKey: string,
): Promise<OwnListing | undefined> {
  const key = keyOf(scope, clientKey);
  return ownListings(db, scope, 6).where("l.client_key", "=", key).executeTakeFirst();
}

/** The listing made last: what the next one most likely resembles. */
export async function readLastListing(
  db: Kysely<DB>,
  scope: SellerScope,
): Promise<OwnListing | undefined> {
  return ownListings(db, scope, 0).orderBy("l.id", "desc").limit(1).executeTakeFirst();
}
