import { type Kysely, sql } from "kysely";
import { openCheckout } from "#app/domain/payments/open-checkout.ts";
import { refundPayment } from "#app/domain/payments/refund-payment.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { Charge, PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { makeBuyer, makeOrder } from "./orders.ts";
import type { MadeListing } from "./produce.ts";
import { coopScope } from "./scopes.ts";

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

/**
 * As after a crash between Stripe's answer and our note of it: the payment page is open, and
 * nobody here knows which it is or can close it.
 */
export async function loseCheckout(db: Kysely<DB>, orderId: string): Promise<void> {
  await sql`update orders set checkout_session_id = null, checkout_url = null
    where id = ${orderId}`.execute(db);
}

/** An order that its buyer has paid, settled, with its parcels by cooperative. */
export async function makePaidCheckout(
  db: Kysely<DB>,
  payments: TestPayments,
  items: { listing: MadeListing; quantity: number }[],
  card?: string,
  { buyer, phone }: { buyer?: BuyerScope; phone?: string } = {},
) {
  const order = await makeCheckout(db, payments, items, buyer);
  if (phone !== undefined) {
    await sql`update orders set address = address || jsonb_build_object('phone', ${phone}::text)
      where id = ${order.orderId}`.execute(db);
  }
  if (!(await payments.pay(order.url, card))) throw new Error("the payment was refused");
  const { checkoutSessionId } = order;
  const settled = await settlePayment(db, payments.gateway, { checkoutSessionId });
  if (!settled.ok || settled.outcome !== "settled") throw new Error("the order is not settled");
  const lines = await db
    .selectFrom("order_lines")
    .select(["id", "parcel_id as parcelId", "cooperative_id as cooperativeId", "listing_id"])
    .where("order_id", "=", order.orderId)
    .execute();
  const of = ({ listing }: { listing: MadeListing }) => {
    const line = lines.find((each) => each.listing_id === listing.id);
    if (!line) throw new Error("the order has no such line");
    const scope = coopScope({ userId: "manager", cooperativeId: line.cooperativeId });
    return { lineId: line.id, parcelId: line.parcelId, scope };
  };
  return { ...order, lines: items.map(of) };
}

/** The same payments with a Stripe that will never give anything back. */
export function refusingForGood(payments: TestPayments): TestPayments {
  const refused = { ok: false, reason: "refund-refused", code: "charge_already_refunded" } as const;
  return { ...payments, gateway: { ...payments.gateway, refund: async () => refused } };
}

type Refunds = Charge["refunds"];

/** The same Stripe, which says something else of each refund of a charge. */
export function changingRefunds(
  gateway: PaymentGateway,
  change: (refund: Refunds[number], all: Refunds) => Partial<Refunds[number]>,
): PaymentGateway {
  const retrieveCharge: PaymentGateway["retrieveCharge"] = async (id) => {
    const found = await gateway.retrieveCharge(id);
    if (!found.ok) return found;
    const { refunds: all } = found.charge;
    const refunds = all.map((refund) => ({ ...refund, ...change(refund, all) }));
    return { ok: true, charge: { ...found.charge, refunds } };
  };
  return { ...gateway, retrieveCharge };
}

/** Carries out at Stripe what was asked back of an order and is not there yet; the ids. */
export async function carryOutRefunds(
  db: Kysely<DB>,
  payments: TestPayments,
  orderId: string,
): Promise<string[]> {
  const asked = await db
    .selectFrom("refunds")
    .select("id")
    .where("order_id", "=", orderId)
    .where("status", "=", "requested")
    .orderBy("id")
    .execute();
  for (const { id } of asked) await refundPayment(db, payments.gateway, { refundId: id });
  return asked.map(({ id }) => id);
}
