import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { placeOrder } from "#app/domain/orders/place-order.ts";
import { quoteOrder } from "#app/domain/orders/quote-order.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { makeRegion } from "./people.ts";
import type { MadeListing } from "./produce.ts";
import { buyerScope } from "./scopes.ts";

/** Someone with a phone: signed in when a user id is given. */
export function makeBuyer(userId: string | null = null): BuyerScope {
  return buyerScope({ userId, visitorId: uuidv7() });
}

/** Puts listings into the buyer's cart at the price they have now. */
export async function fillCart(
  db: Kysely<DB>,
  buyer: BuyerScope,
  items: { listing: MadeListing; quantity: number }[],
): Promise<void> {
  const owner = buyer.userId === null ? { visitor_id: buyer.visitorId } : { user_id: buyer.userId };
  const column = buyer.userId === null ? "visitor_id" : "user_id";
  const { id: cartId } = await db
    .insertInto("carts")
    .values({ id: uuidv7(), ...owner })
    .onConflict((conflict) => conflict.column(column).doUpdateSet(owner))
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const { listing, quantity } of items) {
    await db
      .insertInto("cart_items")
      .values({
        cart_id: cartId,
        listing_id: listing.id,
        quantity,
        seen_price_fen: listing.priceFen,
      })
      .execute();
  }
}

/** A buyer without an account whose cart is full. */
export async function makeShopper(
  db: Kysely<DB>,
  items: Parameters<typeof fillCart>[2],
): Promise<BuyerScope> {
  const buyer = makeBuyer();
  await fillCart(db, buyer, items);
  return buyer;
}

/** A county of another province than the cooperatives', and what a form would say of it. */
export async function makeAddress(db: Kysely<DB>, regionCode = "440106") {
  await makeRegion(db, regionCode);
  return { recipient: "王小姐", phone: "13800000001", regionCode, street: "天河路 1 号" };
}

/** The buyer's whole cart, ordered at the price that is quoted; throws when it is refused. */
export async function orderCart(
  db: Kysely<DB>,
  buyer: BuyerScope,
  now = new Date(),
): Promise<{ orderId: string; number: string; totalFen: number }> {
  const address = await makeAddress(db);
  const quote = await quoteOrder(db, buyer, { regionCode: address.regionCode });
  if (!quote.ok) throw new Error(quote.reason);
  const totalFen = quote.totalFen ?? 0;
  const placed = await placeOrder(db, buyer, {
    idempotencyKey: quote.orderKey,
    address,
    locale: "zh",
    shown: null,
    expectedTotalFen: totalFen,
    now,
  });
  if (!placed.ok) throw new Error(placed.reason);
  return { orderId: placed.orderId, number: placed.number, totalFen };
}

/** A buyer's unpaid order of one listing. */
export async function makeOrder(
  db: Kysely<DB>,
  items: { listing: MadeListing; quantity: number }[],
  buyer: BuyerScope = makeBuyer(),
  now = new Date(),
) {
  await fillCart(db, buyer, items);
  return { buyer, ...(await orderCart(db, buyer, now)) };
}
