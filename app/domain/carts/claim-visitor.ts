import { type Kysely, sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";

/**
 * At sign-in, hands what this browser gathered anonymously to the user: the cart, the addresses
 * and the guest orders. Where both carts hold a listing, the greater quantity stays. Orders that
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
    .select(["id", "user_id"])
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
    insert into cart_items (cart_id, listing_id, quantity, seen_price_fen, added_keys)
    select ${mine.id}, listing_id, quantity, seen_price_fen, added_keys
    from cart_items where cart_id = ${found.id} order by listing_id
    on conflict (cart_id, listing_id) do update set
      quantity = greatest(cart_items.quantity, excluded.quantity),
      seen_price_fen = excluded.seen_price_fen,
      added_keys = (cart_items.added_keys || excluded.added_keys)[1:20]`.execute(trx);
  await trx.deleteFrom("carts").where("id", "=", found.id).execute();
}
