import type { Kysely } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { DB } from "#db/schema.d.ts";
import { isOwnPhoto } from "./is-own-photo.ts";

/**
 * The household's own photo, upright and without metadata, as it was kept and before anything is
 * made of it: a JPEG. Null of another's, of none, and of what the store has lost; "away" when the
 * store cannot be asked. Locks nothing.
 */
export async function readOwnMaster(
  db: Kysely<DB>,
  store: Pick<PhotoStore, "getMaster">,
  { householdId }: SellerScope,
  photoId: string,
): Promise<Uint8Array | "away" | null> {
  const photo = await db
    .selectFrom("photos")
    .select("content_hash")
    .where(isOwnPhoto(householdId))
    .where("id", "=", photoId)
    .executeTakeFirst();
  return photo ? store.getMaster(photo.content_hash).catch(unlessAway) : null;
}

function unlessAway(error: unknown): "away" {
  if (error instanceof Error && error.name === "PhotoStoreAwayError") return "away";
  throw error;
}
