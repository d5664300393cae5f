import { type Kysely, type RawBuilder, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { readLeft, readRefundable } from "../payments/read-left.ts";
import type { Fault } from "./claim-rules.ts";
import type { ClaimEvent, ClaimState } from "./claim-states.ts";
import { type ClaimSide, isOfSide } from "./lock-claim.ts";
import type { ClaimPhoto } from "./read-claim-photo.ts";

export type ClaimLine = {
  orderLineId: string;
  titleZh: string;
  titleEn: string;
  unit: string;
  quantity: number;
  lineFen: number;
  percent: number;
  askedFen: number;
};

/** One thing that happened; `occurredAt` is an ISO instant. */
export type ClaimHappening = {
  kind: ClaimEvent | "send" | "assign";
  by: "buyer" | "cooperative" | "operator" | "market";
  fen: number | null;
  fault: Fault | null;
  note: string;
  occurredAt: string;
};

export type ClaimView = {
  id: string;
  state: ClaimState;
  orderNumber: string;
  orderStatus: string;
  parcelId: string;
  nameZh: string;
  nameEn: string;
  produceFen: number;
  askedFen: number;
  grantedFen: number | null;
  fault: Fault | null;
  reason: string;
  words: string;
  sentAt: Date;
  deliveredAt: Date;
  dueAt: Date | null;
  /** No other was sent by this buyer, browser or phone before. */
  isFirst: boolean;
  /** Its buyer has confirmed her own number by a code. */
  isConfirmed: boolean;
  refundStatus: "requested" | "pending" | "succeeded" | "failed" | null;
  lines: ClaimLine[];
  photos: ClaimPhoto[];
  /** Oldest first. */
  happenings: ClaimHappening[];
  /** Of the lines it asks for, what could be given back now, in fen: all that was asked at most. */
  leftFen: number;
};

type Found = Omit<ClaimView, "leftFen"> & { orderId: string };

const LINES = sql`(
  select jsonb_agg(jsonb_build_object('orderLineId', l.id, 'titleZh', l.title_zh,
    'titleEn', l.title_en, 'unit', l.unit, 'quantity', l.quantity, 'lineFen', l.line_fen,
    'percent', x.percent, 'askedFen', x.asked_fen) order by l.id)
  from claim_lines x join order_lines l on l.id = x.order_line_id where x.claim_id = c.id)`;

const PHOTOS = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'width', p.width, 'height', p.height)
    order by p.id), '[]') from claim_photos p where p.claim_id = c.id)`;

const HAPPENINGS = sql`(
  select jsonb_agg(jsonb_build_object('kind', e.kind, 'by', e.by_side, 'fen', e.fen,
    'fault', e.fault, 'note', e.note, 'occurredAt', e.occurred_at) order by e.id)
  from claim_events e where e.claim_id = c.id)`;

const IS_FIRST = sql<boolean>`not exists (
  select from claims other join orders o on o.id = other.order_id
  where other.id < c.id and (o.buyer_user_id = orders.buyer_user_id
    or o.visitor_id = orders.visitor_id or o.address ->> 'phone' = orders.address ->> 'phone'))`;

const find = (side: Exclude<ClaimSide, "market">, claimId: string): RawBuilder<Found> => sql<Found>`
  select c.id, c.order_id as "orderId", c.state, orders.number as "orderNumber",
    orders.status as "orderStatus", c.parcel_id as "parcelId", coop.name_zh as "nameZh",
    coop.name_en as "nameEn", orders.produce_fen as "produceFen", c.asked_fen as "askedFen",
    c.granted_fen as "grantedFen", c.fault, c.reason, c.words, c.sent_at as "sentAt",
    c.due_at as "dueAt", ${IS_FIRST} as "isFirst",
    orders.buyer_user_id is not null as "isConfirmed", r.status as "refundStatus", (
      select max(e.occurred_at) from parcel_events e
      where e.parcel_id = c.parcel_id and e.kind = 'delivered') as "deliveredAt",
    ${LINES} as lines, ${PHOTOS} as photos, ${HAPPENINGS} as happenings
  from claims c join orders on orders.id = c.order_id
  join cooperatives coop on coop.id = c.cooperative_id
  left join refunds r on r.id = c.refund_id
  where c.id = ${claimId} and ${isOfSide(side)}`;

/**
 * A claim with its lines, photos and timeline, for the buyer whose it is, the cooperative that is
 * asked, or the operator once it has escalated. Null for everybody else. Locks nothing.
 */
export async function readClaim(
  db: Kysely<DB>,
  side: Exclude<ClaimSide, "market">,
  claimId: string,
): Promise<ClaimView | null> {
  if (!isUuid(claimId)) return null;
  return db.transaction().execute(async (trx) => {
    const { rows } = await find(side, claimId).execute(trx);
    const found = rows[0];
    if (!found) return null;
    const { orderId, ...claim } = found;
    const parts = await readLeft(trx, orderId, claim.parcelId);
    const there = claim.lines.reduce((sum, { orderLineId, askedFen }) => {
      const left = parts.filter((part) => part.orderLineId === orderLineId);
      return (
        sum +
        Math.min(
          askedFen,
          left.reduce((all, { fen }) => all + fen, 0),
        )
      );
    }, 0);
    return { ...claim, leftFen: Math.min(there, await readRefundable(trx, orderId)) };
  });
}
