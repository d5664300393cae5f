import type { Kysely } from "kysely";
import type { ArrivingPhotos } from "#app/gateways/arriving-photos.ts";
import type { DB } from "#db/schema.d.ts";
import { UPLOAD_LIVES_MS } from "./photo-rules.ts";

/**
 * Throws away what 24 hours were not enough for, what was begun and sent nothing in ten minutes, and what is left of uploads that nobody knows:
 * no file with a camera's metadata lies here longer. Runs any number of times; locks nothing that
 * a phone waits for.
 */
export async function sweepUploads(
  db: Kysely<DB>,
  arriving: Pick<ArrivingPhotos, "remove" | "removeOlderThan">,
  now = new Date(),
): Promise<{ uploads: number; files: number }> {
  const swept = await db
    .deleteFrom("photo_uploads")
    .where("expires_at", "<=", now)
    .returning("id")
    .execute();
  const files = await arriving.removeOlderThan(new Date(now.getTime() - UPLOAD_LIVES_MS));
  // An empty piece leaves an empty file, which is younger.
  for (const { id } of swept) await arriving.remove(id);
  return { uploads: swept.length, files };
}
