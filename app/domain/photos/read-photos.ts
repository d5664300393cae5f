import type { Kysely } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB, Json } from "#db/schema.d.ts";
import { isOwnPhoto } from "./is-own-photo.ts";

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
  if (photoIds.length === 0) return [];
  const rows = await db
    .selectFrom("photos")
    .select(["id", "state", "width", "height", "placeholder", "variants"])
    .where(isOwnPhoto(householdId))
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
