import type { Kysely } from "kysely";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isOwnedBy } from "../owned-by.ts";
import { readStock } from "./read-stock.ts";

/**
 * Sets how many sale units (0–999) of a listing lie in the buyer's cart; 0 takes it out. Sending
 * it twice is sending it once. An item that is not in the cart is left out of it: `ok: true`.
 *
 * Fails with "insufficient-stock" and what is `available`, and with "over-limit" where one order may
 * take no more than `most`; the cart then stays as it was. Less
 * than before is always accepted, so that a cart can be mended step by step.
 */
export async function setQuantity(
  db: Kysely<DB>,
  buyer: BuyerScope,
  input: { listingId: string; quantity: number },
): Promise<
  | { ok: true }
  | { ok: false; reason: "insufficient-stock"; available: number }
  | { ok: false; reason: "over-limit"; most: number }
> {
  const cartIds = db.selectFrom("carts").select("id").where(isOwnedBy("carts", buyer));
  if (input.quantity === 0) {
    await db
      .deleteFrom("cart_items")
      .where("listing_id", "=", input.listingId)
      .where("cart_id", "in", cartIds)
      .execute();
    return { ok: true };
  }
  const { available = 0, most = null } = (await readStock(db, input.listingId)) ?? {};
  const isWithin = input.quantity <= Math.min(available, most ?? available);
  const changed = await db
    .updateTable("cart_items")
    .set({ quantity: input.quantity })
    .where("listing_id", "=", input.listingId)
    .where("cart_id", "in", cartIds)
    .where((where) => where.or([where("quantity", ">=", input.quantity), where.val(isWithin)]))
    .executeTakeFirst();
  if (changed.numUpdatedRows > 0n || isWithin) return { ok: true };
  if (input.quantity <= available && most !== null)
    return { ok: false, reason: "over-limit", most };
  return { ok: false, reason: "insufficient-stock", available };
}
