import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { claimVisitor } from "#app/domain/carts/claim-visitor.ts";
import { placeOrder } from "#app/domain/orders/place-order.ts";
import { confirmReceipt } from "#app/domain/parcels/confirm-receipt.ts";
import { receiveParcel } from "#app/domain/parcels/receive-parcel.ts";
import { cancelOrder } from "#app/domain/payments/cancel-order.ts";
import { expireOrder } from "#app/domain/payments/expire-order.ts";
import { openCheckout } from "#app/domain/payments/open-checkout.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { buyerScope } from "#tests/factories/scopes.ts";
import { isConfirmed } from "./claims.ts";
import type { Meant } from "./mean.ts";
import { at } from "./model.ts";
import { again, type Real } from "./real.ts";

const keyOf = (index: number) => `order-${index}`.padEnd(20, "-");

/** A new buyer fills a cart and orders it at the total that the model has reckoned. */
export async function placeNew(
  real: Real,
  { index, items = [], county = "" }: NonNullable<Meant>,
  totalFen: number,
): Promise<string> {
  const buyer = makeBuyer();
  const cart = uuidv7();
  const rows = items.map(({ listing, quantity }, position) => ({
    listing_id: at(real.listings, listing).id,
    fen: at(real.listings, listing).priceFen,
    quantity,
    position,
  }));
  await sql`insert into carts (id, visitor_id) values (${cart}, ${buyer.visitorId})`.execute(
    real.db,
  );
  await sql`
    insert into cart_items (cart_id, listing_id, quantity, seen_price_fen, created_at)
    select ${cart}, listing_id, quantity, fen, now() + position * interval '1 ms'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as i (listing_id uuid, quantity int, fen bigint, position int)`.execute(real.db);
  return place(real, { index, buyer, county, totalFen });
}

/** The same form once more. */
export function placeAgain(real: Real, index: number): Promise<string> {
  return place(real, { index, ...at(real.orders, index) });
}

const phoneOf = ({ visitorId }: BuyerScope) =>
  `1${String(Number.parseInt(visitorId.slice(-10), 16)).padStart(12, "0")}`;

type Form = { index: number; buyer: BuyerScope; county: string; totalFen: number };

async function place(real: Real, { index, buyer, county, totalFen }: Form): Promise<string> {
  const placed = await placeOrder(real.db, buyer, {
    idempotencyKey: keyOf(index),
    // Who claims for the first time is told by her phone too.
    address: { recipient: "王小姐", phone: phoneOf(buyer), regionCode: county, street: "1 号" },
    locale: "zh",
    shown: null,
    expectedTotalFen: totalFen,
    now: real.now(),
  });
  if (!placed.ok) return placed.reason;
  if (!placed.isNew) return `placed ${totalFen} again`;
  const { orderId: id, number } = placed;
  const order = real.orders.push({ id, number, totalFen, buyer, county }) - 1;
  await confirmPhone(real, order);
  const { rows } = await sql<{ id: string; cooperative_id: string }>`
    select id, cooperative_id from parcels where order_id = ${id} order by id`.execute(real.db);
  for (const row of rows) {
    const coop = real.coops.findIndex((each) => each.id === row.cooperative_id);
    real.parcels.push({ id: row.id, coop, order });
  }
  return `placed ${totalFen}`;
}

/** Every second buyer confirms her number by a code, as soon as she has ordered. */
async function confirmPhone(real: Real, index: number): Promise<void> {
  if (!isConfirmed(index)) return;
  const order = at(real.orders, index);
  const { visitorId } = order.buyer;
  const userId = `user of ${visitorId}`;
  await claimVisitor(real.db, { visitorId, userId });
  order.buyer = buyerScope({ visitorId, userId });
}

export async function open(real: Real, index: number): Promise<string> {
  const { id: orderId, buyer } = at(real.orders, index);
  const opened = await openCheckout(real.db, real.bank.gateway, buyer, {
    orderId,
    publicUrl: "http://localhost:3000",
    now: real.now(),
    isPatient: true,
  });
  if (opened.ok) return `page ${real.bank.pageIds().indexOf(opened.url.split("/").at(-1) ?? "")}`;
  return opened.reason === "order-not-payable"
    ? `${opened.reason} ${opened.status}`
    : opened.reason;
}

export async function settle(real: Real, index: number): Promise<string> {
  const { id: checkoutSessionId } = real.bank.pageAt(index);
  const input = { checkoutSessionId, now: real.now() };
  const settled = await settlePayment(real.db, real.bank.gateway, input);
  return settled.ok ? settled.outcome : settled.reason;
}

export async function expire(real: Real, index: number): Promise<string> {
  const input = { orderId: at(real.orders, index).id, now: real.now() };
  const expired = await expireOrder(real.db, real.bank.gateway, input);
  return expired.ok ? expired.outcome : expired.reason;
}

export async function cancel(real: Real, index: number, withRefund: boolean): Promise<string> {
  const { number, buyer } = at(real.orders, index);
  const input = { number, withRefund, now: real.now() };
  const cancelled = await cancelOrder(real.db, real.bank.gateway, buyer, input);
  if (cancelled.ok) return `cancelled ${cancelled.refundFen}`;
  return cancelled.reason === "order-not-cancellable"
    ? `${cancelled.reason} ${cancelled.status}`
    : cancelled.reason;
}

export async function receive(real: Real, index: number): Promise<string> {
  const { number, buyer } = at(real.orders, index);
  const received = await confirmReceipt(real.db, buyer, { number, now: real.now() });
  return received.ok ? `${received.status} ${again(received.isNew)}` : received.reason;
}

/** The same of one parcel. */
export async function receiveOne(real: Real, index: number): Promise<string> {
  const { id: parcelId, order } = at(real.parcels, index);
  const { number, buyer } = at(real.orders, order);
  const asked = { number, parcelId, now: real.now() };
  const received = await receiveParcel(real.db, buyer, asked);
  return received.ok ? `${received.status} ${again(received.isNew)}` : received.reason;
}
