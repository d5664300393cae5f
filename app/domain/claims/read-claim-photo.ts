import { type Kysely, type RawBuilder, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { DB } from "#db/schema.d.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope } from "../scopes.ts";
import { type ClaimSide, isOfSide } from "./lock-claim.ts";

/** A photo of a claim as pages show it: its bytes stand under an address of each page's own. */
export type ClaimPhoto = { id: string; width: number; height: number };

type Found = { bytes: Uint8Array | "away" | null };

/** Whose photo it may be: the buyer's of her order, in a claim or not; of the others only in one. */
function isTheirs(side: Exclude<ClaimSide, "market">): RawBuilder<boolean> {
  if ("buyer" in side) return isOfSide(side);
  return sql<boolean>`exists (select from claims c where c.id = p.claim_id and ${isOfSide(side)})`;
}

/**
 * The bytes of a claim's photo, a JPEG, for the buyer whose it is, the cooperative that is asked, or
 * the operator once it has escalated; null for everybody else, and of what the store has lost;
 * "away" when the store cannot be asked. Locks nothing.
 */
export async function readClaimPhoto(
  db: Kysely<DB>,
  store: Pick<PhotoStore, "getMaster">,
  side: Exclude<ClaimSide, "market">,
  photoId: string,
): Promise<Found["bytes"]> {
  if (!isUuid(photoId)) return null;
  const { rows } = await sql<{ hash: string }>`
    select p.content_hash as hash from claim_photos p join orders on orders.id = p.order_id
    where p.id = ${photoId} and ${isTheirs(side)}`.execute(db);
  const hash = rows[0]?.hash;
  if (!hash) return null;
  return store.getMaster(hash).catch((error: unknown) => {
    if (error instanceof Error && error.name === "PhotoStoreAwayError") return "away";
    throw error;
  });
}

/** Of these ids those of the buyer's order that no claim has, in their order. Locks nothing. */
export async function readKeptPhotos(
  db: Kysely<DB>,
  buyer: BuyerScope,
  { number, photoIds }: { number: string; photoIds: readonly string[] },
): Promise<ClaimPhoto[]> {
  const ids = photoIds.filter((id) => isUuid(id)).slice(0, 50);
  if (ids.length === 0 || !isOrderNumber(number)) return [];
  const { rows } = await sql<ClaimPhoto>`
    select p.id, p.width, p.height from claim_photos p join orders on orders.id = p.order_id
    where p.id = any(${ids}::uuid[]) and p.claim_id is null and orders.number = ${number}
      and ${ownsOrder(buyer)}`.execute(db);
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}
