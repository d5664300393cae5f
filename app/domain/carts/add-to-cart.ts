import { type Kysely, sql } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { ownerOf } from "../owned-by.ts";
import { readStock } from "./read-stock.ts";

const MOST = 999;
/** As many keys as the table keeps of one cart; an older form is older than any retry. */
export const KEYS_KEPT = 50;

/** How many a form has put in; null of a key kept without its number, undefined of one not used. */
function addedBy(keys: readonly string[], key: string): number | null | undefined {
  const kept = keys.find((each) => each === key || each.startsWith(`${key}:`));
  if (kept === undefined) return undefined;
  return kept === key ? null : Number(kept.slice(key.length + 1));
}

/**
 * Puts `quantity` sale units (1–999) of a listing into the buyer's cart; what lies there already
 * is added to. `clientKey` is made with the form: the same form sent again changes nothing and
 * answers `isNew: false`, even when the item was taken out or ordered meanwhile; with another quantity
 * it fails with "added-before" (by it `added` were put in, and `inCart` lie there now). The price that
 * stood on her page (`seenPriceFen`, in fen; else that of now) is noted, so that the cart can tell
 * when it is another.
 *
 * Fails with "listing-unavailable" (unknown, no id at all, paused, withdrawn) and "insufficient-stock" with
 * what is `available` and how much is `inCart` already, and "over-limit" likewise where one order
 * may take no more than `most`, and "over-most" where a cart takes no more of one listing. Nothing is held: stock is only taken out
 * of the lots when the order is placed. Locks the cart, then the item.
 */
export async function addToCart(
  db: Kysely<DB>,
  buyer: BuyerScope,
  input: { listingId: string; quantity: number; clientKey: string; seenPriceFen?: number },
): Promise<
  | { ok: true; isNew: boolean; quantity: number }
  | { ok: false; reason: "listing-unavailable" }
  | { ok: false; reason: "added-before"; added: number; inCart: number }
  | { ok: false; reason: "insufficient-stock"; available: number; inCart: number }
  | { ok: false; reason: "over-limit" | "over-most"; most: number; inCart: number }
> {
  if (!isUuid(input.listingId)) return { ok: false, reason: "listing-unavailable" };
  return db.transaction().execute(async (trx) => {
    const cart = await trx
      .insertInto("carts")
      .values({ id: uuidv7(), ...ownerOf(buyer) })
      // The row is touched so that it is returned and locked: additions to one cart take turns.
      .onConflict((conflict) =>
        conflict
          .column(buyer.userId === null ? "visitor_id" : "user_id")
          .doUpdateSet({ updated_at: sql`now()` }),
      )
      .returning(["id", "added_keys"])
      .executeTakeFirstOrThrow();
    const item = await trx
      .selectFrom("cart_items")
      .select("quantity")
      .where("cart_id", "=", cart.id)
      .where("listing_id", "=", input.listingId)
      .forUpdate()
      .executeTakeFirst();
    const inCart = item?.quantity ?? 0;
    const key = `${input.listingId}:${input.clientKey}`;
    const added = addedBy(cart.added_keys, key);
    if (added !== undefined) {
      return added === null || added === input.quantity
        ? { ok: true, isNew: false, quantity: inCart }
        : { ok: false, reason: "added-before", added, inCart };
    }

    const stock = await readStock(trx, input.listingId);
    if (!stock?.isOnSale) return { ok: false, reason: "listing-unavailable" };
    const quantity = inCart + input.quantity;
    if (quantity > stock.available) {
      return { ok: false, reason: "insufficient-stock", available: stock.available, inCart };
    }
    if (stock.most !== null && quantity > stock.most) {
      return { ok: false, reason: "over-limit", most: stock.most, inCart };
    }

    if (quantity > MOST) return { ok: false, reason: "over-most", most: MOST, inCart };

    const seen_price_fen = input.seenPriceFen ?? stock.priceFen;
    await trx
      .insertInto("cart_items")
      .values({ cart_id: cart.id, listing_id: input.listingId, quantity, seen_price_fen })
      .onConflict((conflict) =>
        conflict.columns(["cart_id", "listing_id"]).doUpdateSet({ quantity, seen_price_fen }),
      )
      .execute();
    await trx
      .updateTable("carts")
      .set({ added_keys: [...cart.added_keys, `${key}:${input.quantity}`].slice(-KEYS_KEPT) })
      .where("id", "=", cart.id)
      .execute();
    return { ok: true, isNew: true, quantity };
  });
}
