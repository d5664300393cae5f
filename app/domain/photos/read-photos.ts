import type { Kysely } from "kysely";
import type { DB, Json } from "#db/schema.d.ts";

/** What a page needs to show a photo; the same shape as `<Picture photo>` takes. */
export interface PhotoView {
  id: string;
  state: "waiting" | "ready" | "refused";
  width: number | null;
  height: number | null;
  placeholder: string | null;
  variants: { name: string; format: "avif" | "jpeg"; width: number }[];
}

/** The photos of one listing in the order its owner chose; refused ones are left out. */
export async function readListingPhotos(db: Kysely<DB>, listingId: string): Promise<PhotoView[]> {
  const byListing = await readPhotosOfListings(db, [listingId]);
  return byListing.get(listingId) ?? [];
}

/** The first photo of each listing, for a page of cards, in one query. */
export async function readCoverPhotos(
  db: Kysely<DB>,
  listingIds: string[],
): Promise<Map<string, PhotoView>> {
  const covers = new Map<string, PhotoView>();
  for (const [listingId, [first]] of await readPhotosOfListings(db, listingIds)) {
    if (first) covers.set(listingId, first);
  }
  return covers;
}

/** The photos with these ids that this uploader sent: what a draft may attach. */
export async function readOwnPhotos(
  db: Kysely<DB>,
  uploadedBy: string,
  photoIds: string[],
): Promise<PhotoView[]> {
  if (photoIds.length === 0) return [];
  const rows = await db
    .selectFrom("photos")
    .select(["id", "state", "width", "height", "placeholder", "variants"])
    .where("uploaded_by", "=", uploadedBy)
    .where("id", "in", photoIds)
    .execute();
  return rows.map(viewPhoto).sort((a, b) => photoIds.indexOf(a.id) - photoIds.indexOf(b.id));
}

async function readPhotosOfListings(
  db: Kysely<DB>,
  listingIds: string[],
): Promise<Map<string, PhotoView[]>> {
  const byListing = new Map<string, PhotoView[]>();
  if (listingIds.length === 0) return byListing;
  const rows = await db
    .selectFrom("listing_photos")
    .innerJoin("photos", "photos.id", "listing_photos.photo_id")
    .select(["listing_photos.listing_id", "photos.id", "photos.state"])
    .select(["photos.width", "photos.height", "photos.placeholder", "photos.variants"])
    .where("listing_photos.listing_id", "in", listingIds)
    .where("photos.state", "<>", "refused")
    .orderBy("listing_photos.listing_id")
    .orderBy("listing_photos.position")
    .execute();
  for (const row of rows) {
    const photos = byListing.get(row.listing_id) ?? [];
    photos.push(viewPhoto(row));
    byListing.set(row.listing_id, photos);
  }
  return byListing;
}

/** A photo's row as pages see it, for queries that join photos themselves. */
export function viewPhoto(row: {
  id: string;
  state: string;
  width: number | null;
  height: number | null;
  placeholder: string | null;
  variants: Json;
}): PhotoView {
  return {
    id: row.id,
    state: row.state as PhotoView["state"],
    width: row.width,
    height: row.height,
    placeholder: row.placeholder,
    // Written by finishPhoto only, in this very shape.
    variants: row.variants as PhotoView["variants"],
  };
}
