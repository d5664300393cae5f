import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** A photo that is ready to be shown, at this place of a listing; 1280 × 960, its JPEG 640 wide. */
export async function attachPhoto(
  db: Kysely<DB>,
  listingId: string,
  position = 0,
): Promise<{ jpeg: string }> {
  const id = crypto.randomUUID();
  const jpeg = `${id.replaceAll("-", "")}-640.jpg`;
  await db
    .insertInto("photos")
    .values({
      ...{ id, uploaded_by: "test", content_hash: id.replaceAll("-", ""), state: "ready" },
      ...{ width: 1280, height: 960, placeholder: "data:," },
      variants: JSON.stringify([{ name: jpeg, format: "jpeg", width: 640, bytes: 1 }]),
    })
    .execute();
  await db
    .insertInto("listing_photos")
    .values({ listing_id: listingId, photo_id: id, position })
    .execute();
  return { jpeg };
}
