import { type Kysely, sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { KEYS_KEPT } from "./add-to-cart.ts";

/**
 * At sign-in, hands what this browser gathered anonymously to the user: the cart, the addresses
 * and the guest orders. Where both carts hold a listing, the greater quantity stays; the keys of
 * the forms that filled them come along, the newest. Orders that
 * belong to somebody already are not touched. Doing it again changes nothing.
 *
 * Locks both carts in id order, so that two sign-ins at once do not wait for each other.
 */
export async function claimVisitor(
  db: Kysely<DB>,
  { visitorId, userId }: { visitorId: string; userId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await claimCart(trx, visitorId, userId);
    await trx
      .updateTable("addresses")
      .set({ user_id: userId, visitor_id: null })
      .where("visitor_id", "=", visitorId)
      .execute();
    await trx
      .updateTable("orders")
      .set({ buyer_user_id: userId })
      .where("visitor_id", "=", visitorId)
      .where("buyer_user_id", "is", null)
      .execute();
  });
}

async function claimCart(trx: Transaction<DB>, visitorId: string, userId: string): Promise<void> {
  await trx
    .insertInto("carts")
    .values({ id: uuidv7(), user_id: userId })
    .onConflict((conflict) => conflict.column("user_id").doNothing())
    .execute();
  const carts = await trx
    .selectFrom("carts")
    .select(["id", "user_id", "added_keys"])
    .where((where) =>
      where.or([where("user_id", "=", userId), where("visitor_id", "=", visitorId)]),
    )
    .orderBy("id")
    .forUpdate()
    .execute();
  const mine = carts.find((cart) => cart.user_id === userId);
  const found = carts.find((cart) => cart.user_id === null);
  if (!mine || !found) return;
  await sql`
    insert into cart_items (cart_id, listing_id, quantity, seen_price_fen)
    select ${mine.id}, listing_id, quantity, seen_price_fen
    from cart_items where cart_id = ${found.id} order by listing_id
    on conflict (cart_id, listing_id) do update set
      quantity = greatest(cart_items.quantity, excluded.quantity),
      seen_price_fen = excluded.seen_price_fen`.execute(trx);
  // This browser was used last: its forms are the newest, and the oldest are forgotten.
  await trx
    .updateTable("carts")
    .set({ added_keys: [...mine.added_keys, ...found.added_keys].slice(-KEYS_KEPT) })
    .where("id", "=", mine.id)
    .execute();
  await trx.deleteFrom("carts").where("id", "=", found.id).execute();
}
