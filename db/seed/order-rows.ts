import { type SeedOrder, type SeedParcel, stockState } from "./order-plans.ts";
import type { Random } from "./random.ts";

type Row = Record<string, unknown>;
export type OrderRows = Record<
  | "orders"
  | "parcels"
  | "parcel_events"
  | "order_lines"
  | "allocations"
  | "payments"
  | "refunds"
  | "disputes",
  Row[]
>;

const MINUTE_MS = 60_000;
/** From a payment to its refund or dispute. */
export const LATER_MS = 20 * 60 * MINUTE_MS;
const steps = ["waiting", "accepted", "packed", "shipped", "delivered"] as const;
// After payment: accepted, packed, shipped, delivered, in minutes.
const stepMinutes = [0, 50, 110, 300, 3000];
const carriers = ["sf", "ems", "zto", "yto"];

export const paidAt = (order: SeedOrder) => new Date(order.placedAt.getTime() + 3 * MINUTE_MS);

/** When a parcel of it came, if one did. */
export const deliveredAt = (order: SeedOrder) =>
  new Date(paidAt(order).getTime() + (stepMinutes.at(-1) ?? 0) * MINUTE_MS);

/** What happened to a parcel, step by step, up to where it stands. */
function parcelEvents(random: Random, order: SeedOrder, parcel: SeedParcel): Row[] {
  if (!order.isPaid) return [];
  const reached = steps.indexOf(order.parcelStatus as (typeof steps)[number]);
  const kinds = reached === -1 ? (["waiting", "cancelled"] as const) : steps.slice(0, reached + 1);
  return kinds.map((kind, index) => ({
    id: random.uuid(order.placedAt),
    parcel_id: parcel.id,
    kind,
    occurred_at: new Date(paidAt(order).getTime() + (stepMinutes[index] ?? 0) * MINUTE_MS),
  }));
}

/** What became of the order's payment; Stripe's ids say that no Stripe has ever seen them. */
function moneyRows(random: Random, order: SeedOrder, rows: OrderRows): void {
  const total = order.produceFen + order.freightFen;
  const statuses = ["refunded", "partly-refunded", "disputed"] as const;
  const later = new Date(paidAt(order).getTime() + LATER_MS);
  const paymentId = random.uuid(order.placedAt);
  rows.payments.push({
    id: paymentId,
    order_id: order.id,
    checkout_session_id: `cs_test_seed_${order.number}`,
    payment_intent_id: `pi_seed_${order.number}`,
    charge_id: `ch_seed_${order.number}`,
    status: statuses.find((status) => status === order.status) ?? "succeeded",
    fen: total,
    currency: "cny",
    paid_at: paidAt(order),
    created_at: paidAt(order),
  });
  if (order.status === "refunded" || order.status === "partly-refunded") {
    const isWhole = order.status === "refunded";
    rows.refunds.push({
      id: random.uuid(later),
      payment_id: paymentId,
      order_id: order.id,
      stripe_refund_id: `re_seed_${order.number}`,
      idempotency_key: `seed-refund:${order.number}`,
      status: "succeeded",
      reason: "goods",
      fen: isWhole ? total : (order.parcels[0]?.lines[0]?.lineFen ?? 0),
      told_at: later,
      created_at: later,
      updated_at: later,
    });
  }
  if (order.status === "disputed") {
    rows.disputes.push({
      id: random.uuid(later),
      payment_id: paymentId,
      stripe_dispute_id: `du_seed_${order.number}`,
      status: "under_review",
      reason: "product_not_received",
      fen: total,
      created_at: later,
      updated_at: later,
    });
  }
}

/** The rows of one order in the tables it stands in, but for the ledger's. */
export function orderRows(
  random: Random,
  order: SeedOrder,
  serial: number,
  regionNames: Map<string, { zh: string; en: string }>,
): OrderRows {
  const region = regionNames.get(order.regionCode);
  const isClosed = ["completed", "expired", "cancelled", "refunded"].includes(order.status);
  const total = order.produceFen + order.freightFen;
  const rows: OrderRows = {
    orders: [],
    parcels: [],
    parcel_events: [],
    order_lines: [],
    allocations: [],
    payments: [],
    refunds: [],
    disputes: [],
  };
  rows.orders.push({
    id: order.id,
    number: order.number,
    buyer_user_id: order.buyerUserId,
    visitor_id: null,
    status: order.status,
    idempotency_key: `seed-order-key-${order.id}`,
    address: JSON.stringify({
      recipient: `演示买家${(serial % 40) + 1}`,
      phone: `+86100000${String(1000 + (serial % 40))}`,
      regionCode: order.regionCode,
      regionZh: region?.zh ?? "",
      regionEn: region?.en ?? "",
      street: `田园路${(serial % 90) + 1}号`,
    }),
    produce_fen: order.produceFen,
    freight_fen: order.freightFen,
    total_fen: total,
    expires_at: new Date(order.placedAt.getTime() + 31 * MINUTE_MS),
    paid_at: order.isPaid ? paidAt(order) : null,
    closed_at: isClosed ? new Date(order.placedAt.getTime() + 31 * MINUTE_MS) : null,
    created_at: order.placedAt,
  });
  for (const parcel of order.parcels) {
    const isOnItsWay = order.parcelStatus === "shipped" || order.parcelStatus === "delivered";
    rows.parcels.push({
      id: parcel.id,
      order_id: order.id,
      cooperative_id: parcel.cooperative.id,
      status: order.parcelStatus,
      freight_fen: parcel.freightFen,
      weight_grams: parcel.weightGrams,
      carrier: isOnItsWay ? random.pick(carriers) : null,
      tracking_number: isOnItsWay
        ? `YS${String(serial).padStart(6, "0")}${random.between(1000, 9999)}`
        : null,
      created_at: order.placedAt,
    });
    rows.parcel_events.push(...parcelEvents(random, order, parcel));
    for (const line of parcel.lines) {
      const { listing } = line;
      rows.order_lines.push({
        id: line.id,
        order_id: order.id,
        parcel_id: parcel.id,
        listing_id: listing.id,
        cooperative_id: parcel.cooperative.id,
        title_zh: listing.titleZh,
        title_en: listing.titleEn,
        grade: listing.grade,
        unit: listing.product.unit,
        unit_grams: listing.product.unitGrams,
        quantity: line.quantity,
        unit_price_fen: listing.priceFen,
        line_fen: line.lineFen,
        fee_basis_points: parcel.cooperative.feeBasisPoints,
        fee_fen: line.feeFen,
        created_at: order.placedAt,
      });
      rows.allocations.push(
        ...line.allocations.map((allocation) => ({
          id: allocation.id,
          order_line_id: line.id,
          lot_id: allocation.lot.id,
          relief_account_id: allocation.lot.household.reliefAccountId,
          quantity: allocation.quantity,
          fen: allocation.fen,
          state: stockState(order.status),
          created_at: order.placedAt,
        })),
      );
    }
  }
  if (order.isPaid) moneyRows(random, order, rows);
  return rows;
}
