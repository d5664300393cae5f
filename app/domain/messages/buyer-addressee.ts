import { type RawBuilder, sql } from "kysely";
import type { Addressee } from "./queue-message.ts";

/**
 * Whose number has been confirmed for an order, null for nobody: an expression of a statement that
 * names `orders`.
 */
export const CONFIRMED_BUYER: RawBuilder<string | null> = sql<string | null>`(
  select u.id from auth."user" u
  where u.id = orders.buyer_user_id and u."phoneNumber" is not null)`;

/** An order's phone is kept as it was written on the parcel: a number of China without its +86. */
const international = (phone: string) => (phone.startsWith("+") ? phone : `+86${phone}`);

/**
 * Whom an order's news of money goes to: the buyer herself, by the number that she has confirmed;
 * the phone on the parcel, which may be another person's, only where she has confirmed none.
 */
export function buyerAddressee(order: { userId: string | null; address: unknown }): Addressee {
  if (order.userId !== null) return { userId: order.userId };
  return { phone: international((order.address as { phone: string }).phone) };
}
