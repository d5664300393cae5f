import type { Kysely } from "kysely";
import { openCheckout } from "#app/domain/payments/open-checkout.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { makeBuyer, makeOrder } from "./orders.ts";
import type { MadeListing } from "./produce.ts";

/** An unpaid order, placed at the sandbox's time, with its payment page open. */
export async function makeCheckout(
  db: Kysely<DB>,
  payments: TestPayments,
  items: { listing: MadeListing; quantity: number }[],
  buyer: BuyerScope = makeBuyer(),
) {
  const order = await makeOrder(db, items, buyer, payments.clock.now);
  const opened = await openCheckout(db, payments.gateway, buyer, {
    orderId: order.orderId,
    publicUrl: "http://localhost:3000",
    now: payments.clock.now,
  });
  if (!opened.ok) throw new Error(opened.reason);
  const { checkout_session_id: checkoutSessionId } = await db
    .selectFrom("orders")
    .select("checkout_session_id")
    .where("id", "=", order.orderId)
    .executeTakeFirstOrThrow();
  return { ...order, url: opened.url, checkoutSessionId: checkoutSessionId ?? "" };
}
