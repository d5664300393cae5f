import type { Kysely } from "kysely";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { makeVariants } from "#app/gateways/photo-pipeline.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { DB } from "#db/schema.d.ts";

export type FinishedPhoto =
  | { ok: true; state: "ready" | "refused" }
  | { ok: false; reason: "photo-unknown" | "master-missing" };

/**
 * Makes the public pictures of a waiting photo and marks it ready, or refused with the reason when
 * it does not decode. Runs any number of times with one effect: names carry the content's hash,
 * and only a waiting photo changes state. The pictures are stored before the row says so, with no
 * transaction open; listings that show the photo are then indexed anew. Fails with
 * "photo-unknown", and with "master-missing" when the store lost the bytes (try again later).
 */
export async function finishPhoto(
  db: Kysely<DB>,
  gateways: { store: Pick<PhotoStore, "getMaster" | "put">; make: typeof makeVariants },
  photoId: string,
): Promise<FinishedPhoto> {
  const photo = await db
    .selectFrom("photos")
    .select(["state", "content_hash"])
    .where("id", "=", photoId)
    .executeTakeFirst();
  if (!photo) return { ok: false, reason: "photo-unknown" };
  if (photo.state === "ready" || photo.state === "refused") return { ok: true, state: photo.state };

  const master = await gateways.store.getMaster(photo.content_hash);
  if (!master) return { ok: false, reason: "master-missing" };
  const made = await gateways.make(master);
  if (!made.ok) {
    await db
      .updateTable("photos")
      .set({ state: "refused", refused_reason: made.reason })
      .where("id", "=", photoId)
      .where("state", "=", "waiting")
      .execute();
    return { ok: true, state: "refused" };
  }

  const variants: { name: string; format: string; width: number; bytes: number }[] = [];
  for (const { suffix, contentType, bytes, format, width } of made.variants) {
    const name = `${photo.content_hash}-${suffix}`;
    await gateways.store.put(name, bytes, contentType);
    variants.push({ name, format, width, bytes: bytes.byteLength });
  }
  await db.transaction().execute(async (trx) => {
    const updated = await trx
      .updateTable("photos")
      .set({
        state: "ready",
        width: made.width,
        height: made.height,
        placeholder: made.placeholder,
        variants: JSON.stringify(variants),
        ready_at: new Date(),
      })
      .where("id", "=", photoId)
      .where("state", "=", "waiting")
      .executeTakeFirst();
    if (updated.numUpdatedRows !== 1n) return;
    const shown = await trx
      .selectFrom("listing_photos")
      .select("listing_id")
      .where("photo_id", "=", photoId)
      .orderBy("listing_id")
      .execute();
    for (const { listing_id } of shown) await queueIndexing(trx, listing_id);
  });
  return { ok: true, state: "ready" };
}
