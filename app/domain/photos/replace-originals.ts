import type { Kysely } from "kysely";
import type { LeftOriginals } from "#app/gateways/left-originals.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { stripPhoto } from "#app/gateways/strip-photo.ts";
import type { DB } from "#db/schema.d.ts";

/**
 * Puts the stripped master in the place of every original that an earlier version of the market
 * stored with its metadata, and removes the original. It may be killed at any moment and runs any
 * number of times, also twice at once: an original goes only when its master is stored, or when it
 * is no photo, and then a photo that waits for it is refused. Locks nothing. Throws when the store
 * is full; the originals not yet replaced are then still there.
 */
export async function replaceOriginals(
  db: Kysely<DB>,
  gateways: {
    originals: LeftOriginals;
    store: Pick<PhotoStore, "has" | "put">;
    strip: typeof stripPhoto;
  },
): Promise<{ replaced: number }> {
  const { originals, store, strip } = gateways;
  const hashes = await originals.hashes();
  for (const hash of hashes) {
    const name = `masters/${hash}`;
    const bytes = (await store.has(name)) ? null : await originals.read(hash);
    const stripped = bytes && (await strip(bytes));
    if (stripped?.ok) await store.put(name, stripped.master, "image/jpeg");
    if (stripped?.ok === false) {
      await db
        .updateTable("photos")
        .set({ state: "refused", refused_reason: stripped.reason })
        .where("content_hash", "=", hash)
        .where("state", "=", "waiting")
        .execute();
    }
    await originals.forget(hash);
  }
  await originals.forgetAll();
  return { replaced: hashes.length };
}
