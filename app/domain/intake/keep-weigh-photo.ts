import { type Kysely, sql } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { SentPhoto, stripPhoto } from "#app/gateways/strip-photo.ts";
import type { DB } from "#db/schema.d.ts";
import { type KeepPhotoRefusal, STORE_REFUSALS } from "../photos/keep-photo.ts";
import { MAX_PHOTO_BYTES } from "../photos/photo-rules.ts";

export type WeighPhoto = { id: string; width: number; height: number };

export type KeptWeighPhoto =
  | { ok: true; photoId: string }
  | { ok: false; reason: KeepPhotoRefusal };

/**
 * Keeps a photo of the goods on the scale, sent by a member of the scope's cooperative: the upright
 * master without metadata, as of a claim's photo; no public picture is ever made of it. The same
 * bytes of the same member are one photo. No transaction is open while it is stored. Fails as
 * keepPhoto does. Locks nothing.
 */
export async function keepWeighPhoto(
  db: Kysely<DB>,
  gateways: { store: Pick<PhotoStore, "put">; strip: typeof stripPhoto },
  { cooperativeId, userId }: CoopScope,
  sent: SentPhoto,
): Promise<KeptWeighPhoto> {
  if (typeof sent !== "string" && sent.byteLength > MAX_PHOTO_BYTES) {
    return { ok: false, reason: "photo-too-large" };
  }
  const stripped = await gateways.strip(sent);
  if (!stripped.ok) return stripped;
  const { contentHash, width, height } = stripped;
  try {
    await gateways.store.put(`masters/${contentHash}`, stripped.master, "image/jpeg");
  } catch (error) {
    const reason = error instanceof Error ? STORE_REFUSALS[error.name] : undefined;
    if (!reason) throw error;
    return { ok: false, reason };
  }
  await sql`
    insert into weigh_in_photos (id, cooperative_id, uploaded_by, content_hash, width, height)
    values (${uuidv7()}, ${cooperativeId}, ${userId}, ${contentHash}, ${width}, ${height})
    on conflict do nothing`.execute(db);
  const { rows } = await sql<{ id: string }>`select id from weigh_in_photos
    where cooperative_id = ${cooperativeId} and uploaded_by = ${userId}
      and content_hash = ${contentHash}`.execute(db);
  const kept = rows[0];
  if (!kept) throw new Error("a weigh-in's photo is neither new nor known");
  return { ok: true, photoId: kept.id };
}

/** Of these ids the photos that this member has sent in, in their order. Locks nothing. */
export async function readOwnWeighPhotos(
  db: Kysely<DB>,
  { cooperativeId, userId }: CoopScope,
  photoIds: readonly string[],
): Promise<WeighPhoto[]> {
  const ids = photoIds.filter((id) => isUuid(id)).slice(0, 50);
  if (ids.length === 0) return [];
  const { rows } = await sql<WeighPhoto>`select id, width, height from weigh_in_photos
    where id = any(${ids}::uuid[]) and cooperative_id = ${cooperativeId}
      and uploaded_by = ${userId}`.execute(db);
  return rows;
}

/**
 * The bytes of a photo, a JPEG, for members of the cooperative whose scale it was; null for everybody
 * else, and of what the store has lost; "away" when the store cannot be asked. Locks nothing.
 */
export async function readWeighPhoto(
  db: Kysely<DB>,
  store: Pick<PhotoStore, "getMaster">,
  { cooperativeId }: CoopScope,
  photoId: string,
): Promise<Uint8Array | "away" | null> {
  if (!isUuid(photoId)) return null;
  const { rows } = await sql<{ hash: string }>`select content_hash as hash from weigh_in_photos
    where id = ${photoId} and cooperative_id = ${cooperativeId}`.execute(db);
  const hash = rows[0]?.hash;
  if (!hash) return null;
  return store.getMaster(hash).catch((error: unknown) => {
    if (error instanceof Error && error.name === "PhotoStoreAwayError") return "away";
    throw error;
  });
}
