import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { SentPhoto, stripPhoto } from "#app/gateways/strip-photo.ts";
import type { DB } from "#db/schema.d.ts";
import { findOrder } from "../orders/find-order.ts";
import { type KeepPhotoRefusal, STORE_REFUSALS } from "../photos/keep-photo.ts";
import { MAX_PHOTO_BYTES } from "../photos/photo-rules.ts";
import type { BuyerScope } from "../scopes.ts";

export type KeptClaimPhoto =
  | { ok: true; photoId: string }
  | { ok: false; reason: KeepPhotoRefusal | "order-not-found" | "photo-too-many" };

/** Sent in for one order and in no claim: whoever tries more is not showing spoiled goods. */
const MOST_WAITING = 50;

/**
 * Keeps a photo for a claim of the buyer's order: the upright master without metadata, as of a
 * listing's photo, and nothing else. No public picture is ever made of it. The same bytes for the same order
 * are one photo until a claim has it. No transaction is open while it is stored.
 *
 * Fails as keepPhoto does, with "order-not-found" (also another buyer's), or "photo-too-many" (50
 * that no claim has). Locks nothing.
 */
export async function keepClaimPhoto(
  db: Kysely<DB>,
  gateways: { store: Pick<PhotoStore, "put">; strip: typeof stripPhoto },
  buyer: BuyerScope,
  { number, sent }: { number: string; sent: SentPhoto },
): Promise<KeptClaimPhoto> {
  const orderId = await findOrder(db, buyer, number);
  if (!orderId) return { ok: false, reason: "order-not-found" };
  if (typeof sent !== "string" && sent.byteLength > MAX_PHOTO_BYTES) {
    return { ok: false, reason: "photo-too-large" };
  }
  if ((await countWaiting(db, orderId)) >= MOST_WAITING) {
    return { ok: false, reason: "photo-too-many" };
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
  const { rows } = await sql<{ id: string }>`
    insert into claim_photos (id, order_id, content_hash, width, height)
    values (${uuidv7()}, ${orderId}, ${contentHash}, ${width}, ${height})
    on conflict (order_id, content_hash) where claim_id is null
      do update set width = excluded.width
    returning id`.execute(db);
  const kept = rows[0];
  if (!kept) throw new Error("a claim's photo is neither new nor known");
  return { ok: true, photoId: kept.id };
}

async function countWaiting(db: Kysely<DB>, orderId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from claim_photos
    where order_id = ${orderId} and claim_id is null`.execute(db);
  return rows[0]?.count ?? 0;
}
