import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type Rest, restOf } from "../parcels/read-parts.ts";
import { saidByCooperative } from "../parcels/said-by-cooperative.ts";
import { lostFen } from "../payments/lost-fen.ts";
import { isMadeUp } from "../payments/made-up.ts";
import type { BuyerScope } from "../scopes.ts";
import { ASIDE_REFUNDS, type OrderViewAside } from "./aside-views.ts";
import { INSTEAD_OF, type Instead, REPLACED } from "./instead.ts";
import { isOrderNumber } from "./order-number.ts";
import type { OrderStatus } from "./order-states.ts";
import {
  IS_ASIDE,
  IS_MONEY_HELD,
  KEPT,
  type OrderViewTransfer,
  STILL_OWED,
  TRANSFERS,
} from "./owed-views.ts";
import { ownsOrder } from "./read-basket.ts";
import { type OrderViewRefund, REFUNDS } from "./refund-views.ts";
import type { Said } from "./said-rule.ts";

/** What one household provides of a line, by its alias; a relief account's code names no person. */
export type OrderShare = {
  aliasZh: string;
  aliasEn: string;
  reliefCode: string;
  quantity: number;
  fen: number;
};

export type OrderViewLine = {
  id: string;
  listingId: string;
  titleZh: string;
  titleEn: string;
  grade: string;
  unit: string;
  unitGrams: number;
  shipsFrom: string | null;
  quantity: number;
  unitPriceFen: number;
  lineFen: number;
  feeBasisPoints: number;
  /** What the parcel's cooperative keeps; feeFen + the allocations' fen = lineFen. */
  feeFen: number;
  /** What of it was replaced with the buyer's consent, and what that cost: the line of it has that. */
  replaced: { units: number; fen: number } | null;
  /** Of a line that replaced something: what. */
  insteadOf: Instead | null;
  allocations: OrderShare[];
};

/** `occurredAt` is an ISO instant; `note` is why a parcel was called off. */
export type OrderViewEvent = {
  kind: string;
  occurredAt: string;
  note: string;
  /** The number that stood there until it was put right; else null. */
  formerTrackingNumber: string | null;
  /** Somebody says so who is not the buyer, and the market does not say it by itself. */
  isCooperativesWord: boolean;
};

export type OrderViewParcel = {
  id: string;
  cooperative: { id: string; slug: string; nameZh: string; nameEn: string };
  status: "waiting" | "accepted" | "packed" | "shipped" | "delivered" | "cancelled";
  carrier: string | null;
  trackingNumber: string | null;
  /** Of the page that tells where it grew: /trace/<code>. */
  traceCode: string;
  weightGrams: number;
  freightFen: number;
  /** Of what one cooperative sends in parts one parcel has the freight. */
  carriesFreight: boolean;
  /** Which of its cooperative's parcels of the order it is, of how many. */
  part: number;
  parts: number;
  /** Why it follows another, and by which day it is promised to leave; null for what does not. */
  rest: Rest | null;
  /** Oldest first. */
  events: OrderViewEvent[];
  lines: OrderViewLine[];
};

export type OrderView = {
  id: string;
  number: string;
  status: OrderStatus;
  createdAt: Date;
  expiresAt: Date;
  paidAt: Date | null;
  address: {
    recipient: string;
    phone: string;
    regionCode: string;
    regionZh: string;
    regionEn: string;
    street: string;
  };
  said: Said;
  produceFen: number;
  freightFen: number;
  totalFen: number;
  /** Of what made it paid, on its way back, or back: the sum of refunds, without failed ones and what her bank gave. */
  refundFen: number;
  /** What her bank gave the buyer back by a dispute, for good; also in the stead of refunds. */
  lostFen: number;
  /** Should have gone back and could not: a bank or Stripe refused it. */
  stillOwedFen: number;
  /** Of that, what has been taken out of the accounts of those who sold, for her. */
  keptFen: number;
  /** Of what could not go back the way it came, oldest first. */
  transfers: OrderViewTransfer[];
  /** Still to be paid, and the last try failed. */
  isPaymentDeclined: boolean;
  /** She has paid as far as she can, and her bank has not decided. */
  isPaymentProcessing: boolean;
  /** Her bank has refused a payment of it that it had taken its time for. */
  isBankRefused: boolean;
  /** Paid, but not as the order says (another sum or currency): it waits for the operator. */
  isMoneyHeld: boolean;
  /** The seed's, and unknown at Stripe: nothing of it can be given back. */
  isMadeUp: boolean;
  refunds: OrderViewRefund[];
  /** Of other payments, which are no part of the order's sums. */
  asideRefunds: OrderViewAside[];
  parcels: OrderViewParcel[];
};

/** Goods taken again after a late payment leave their first, released allocations behind. */
const SHARES = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('aliasZh', h.alias_zh, 'aliasEn', h.alias_en,
    'reliefCode', r.code, 'quantity', a.quantity, 'fen', a.fen) order by a.id), '[]')
  from allocations a
  join relief_accounts r on r.id = a.relief_account_id
  join households h on h.id = r.household_id
  where a.order_line_id = l.id and (a.state <> 'released' or orders.paid_at is null))`;

const LINES = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'listingId', l.listing_id,
    'titleZh', l.title_zh, 'titleEn', l.title_en, 'grade', l.grade, 'unit', l.unit,
    'unitGrams', l.unit_grams, 'shipsFrom', l.ships_from, 'quantity', l.quantity, 'unitPriceFen', l.unit_price_fen,
    'lineFen', l.line_fen, 'replaced', ${REPLACED}, 'insteadOf', ${INSTEAD_OF}, 'feeBasisPoints', l.fee_basis_points, 'feeFen', l.fee_fen,
    'allocations', ${SHARES}) order by l.id), '[]')
  from order_lines l where l.parcel_id = p.id)`;

const EVENTS = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'occurredAt', e.occurred_at,
    'note', e.note, 'formerTrackingNumber', e.former_tracking_number,
    'isCooperativesWord', ${saidByCooperative("e")})
    order by e.occurred_at, e.id), '[]')
  from parcel_events e where e.parcel_id = p.id)`;

const PARCELS = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id,
    'cooperative', jsonb_build_object('id', c.id, 'slug', c.slug, 'nameZh', c.name_zh, 'nameEn', c.name_en),
    'status', p.status, 'carrier', p.carrier, 'trackingNumber', p.tracking_number, 'traceCode', p.trace_code,
    'weightGrams', p.weight_grams, 'freightFen', p.freight_fen, 'events', ${EVENTS},
    'carriesFreight', p.carries_freight, 'part', p.part, 'parts', (select count(*) from parcels q
      where q.order_id = p.order_id and q.cooperative_id = p.cooperative_id), 'rest', ${restOf("p")},
    'lines', ${LINES}) order by c.slug, p.part), '[]')
  from parcels p join cooperatives c on c.id = p.cooperative_id where p.order_id = orders.id)`;

/**
 * The buyer's own order with its parcels, and line by line where every fen goes: household by
 * household (alias and relief account), the cooperative's fee, the freight. Null when there is no
 * such order for this buyer: another buyer's number looks like none. One round trip, no locks.
 */
export async function readOrder(
  db: Kysely<DB>,
  buyer: BuyerScope,
  number: string,
): Promise<OrderView | null> {
  if (!isOrderNumber(number)) return null;
  const { rows } = await sql<OrderView>`
    select id, number, status, created_at as "createdAt", expires_at as "expiresAt",
      paid_at as "paidAt", address,
      jsonb_build_object('note', note, 'giftWords', gift_words) as said,
      status = 'pending-payment' and is_payment_declined as "isPaymentDeclined",
      status = 'pending-payment' and is_payment_processing as "isPaymentProcessing",
      -- Closed by its time while the bank was said to decide: it had refused by then.
      bank_refused_at is not null or status = 'expired' and is_payment_processing as "isBankRefused",
      produce_fen as "produceFen", freight_fen as "freightFen",
      total_fen as "totalFen", ${PARCELS} as parcels, ${REFUNDS} as refunds,
      ${ASIDE_REFUNDS} as "asideRefunds",
      (select coalesce(sum(f.fen), 0)::bigint from refunds f
        join payments y on y.id = f.payment_id and not ${IS_ASIDE}
        where f.order_id = orders.id and f.status <> 'failed' and f.dispute_id is null) as "refundFen",
      (select coalesce(sum(${lostFen(sql`y.id`)}), 0)::bigint from payments y
        where y.order_id = orders.id and not ${IS_ASIDE}) as "lostFen",
      ${STILL_OWED} as "stillOwedFen", ${KEPT} as "keptFen", ${TRANSFERS} as transfers,
      exists (select from payments y where y.order_id = orders.id and ${isMadeUp(sql`y`)}) as "isMadeUp",
      ${IS_MONEY_HELD} as "isMoneyHeld"
    from orders where number = ${number} and ${ownsOrder(buyer)}`.execute(db);
  return rows[0] ?? null;
}
