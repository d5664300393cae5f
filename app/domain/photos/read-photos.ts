import { type Kysely, type RawBuilder, sql } from "kysely";
import type { OwnLineScope, SellerScope } from "#app/domain/scopes.ts";
import type { DB, Json } from "#db/schema.d.ts";
import { isOwnPhoto } from "./is-own-photo.ts";
import { ownerKey } from "./photo-owner.ts";

/** A photo as pages show it, without variants while it is made; `<Picture photo>` takes this shape. */
export interface PhotoView {
  id: string;
  state: "waiting" | "ready" | "refused";
  width: number | null;
  height: number | null;
  placeholder: string | null;
  variants: { name: string; format: "avif" | "jpeg"; width: number }[];
}

/** The photos with these ids that are the household's: what a draft may attach. */
export async function readOwnPhotos(
  db: Kysely<DB>,
  { householdId }: SellerScope,
  photoIds: string[],
): Promise<PhotoView[]> {
  return readThose(db, photoIds, isOwnPhoto(householdId));
}

/** The photos with these ids that were sent for this bought line, in the order of the ids. */
export async function readLinePhotos(
  db: Kysely<DB>,
  scope: OwnLineScope,
  photoIds: string[],
): Promise<PhotoView[]> {
  return readThose(db, photoIds, sql<boolean>`photos.uploaded_by = ${ownerKey(scope)}`);
}

async function readThose(
  db: Kysely<DB>,
  photoIds: string[],
  areOwn: RawBuilder<boolean>,
): Promise<PhotoView[]> {
  if (photoIds.length === 0) return [];
  const rows = await db
    .selectFrom("photos")
    .select(["id", "state", "width", "height", "placeholder", "variants"])
    .where(areOwn)
    .where("id", "in", photoIds)
    .execute();
  return rows.map(viewPhoto).sort((a, b) => photoIds.indexOf(a.id) - photoIds.indexOf(b.id));
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
