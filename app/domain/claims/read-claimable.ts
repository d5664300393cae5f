import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import { saidByCooperative } from "../parcels/said-by-cooperative.ts";
import { isAtBank } from "../payments/at-bank.ts";
import { isMadeUp } from "../payments/made-up.ts";
import { readLeft, readRefundable } from "../payments/read-left.ts";
import type { BuyerScope } from "../scopes.ts";
import { CLAIM_WITHIN_HOURS, claimableFrom, hoursAfter, isClaimable } from "./claim-rules.ts";

export type ClaimableLine = {
  id: string;
  titleZh: string;
  titleEn: string;
  unit: string;
  quantity: number;
  lineFen: number;
  /** Not given back yet, nor asked back. */
  leftFen: number;
  /** In a claim that is not over. */
  isClaimed: boolean;
};

/** Why nothing of a parcel can be claimed for now. */
export type NotClaimable =
  | "not-delivered"
  | "too-late"
  | "payment-made-up"
  | "payment-disputed"
  | "nothing-left";

export type ClaimableParcel = {
  orderId: string;
  orderNumber: string;
  parcelId: string;
  cooperativeId: string;
  nameZh: string;
  nameEn: string;
  /** What the order's goods cost, without freight. */
  produceFen: number;
  /** On the parcel: perhaps somebody else's. */
  phone: string;
  /** Who has confirmed her own number by a code; null for a guest who has not. */
  buyerUserId: string | null;
  /** On its way, as far as anybody has said: a claim says that it has come. */
  isOnItsWay: boolean;
  /** Until when; null while it has not been delivered. */
  until: Date | null;
  problem: NotClaimable | null;
  lines: ClaimableLine[];
};

type Found = Omit<ClaimableParcel, "until" | "problem" | "lines"> & {
  deliveredAt: Date | null;
  shippedAt: Date | null;
  isCooperativesWord: boolean;
  isAtBank: boolean;
  isMadeUp: boolean;
  lines: Omit<ClaimableLine, "leftFen">[];
};

/** As `readClaimable`, in the caller's transaction. */
export async function findClaimable(
  trx: DbTransaction<DB>,
  buyer: BuyerScope,
  { number, parcelId, now }: { number: string; parcelId: string; now: Date },
): Promise<ClaimableParcel | null> {
  if (!isUuid(parcelId) || !isOrderNumber(number)) return null;
  const { rows } = await sql<Found>`
    select orders.id as "orderId", orders.number as "orderNumber", p.id as "parcelId",
      p.cooperative_id as "cooperativeId", coop.name_zh as "nameZh", coop.name_en as "nameEn",
      orders.produce_fen as "produceFen", orders.address ->> 'phone' as phone,
      orders.buyer_user_id as "buyerUserId", p.status = 'shipped' as "isOnItsWay",
      come.occurred_at as "deliveredAt", (
        select e.occurred_at from parcel_events e
        where e.parcel_id = p.id and e.kind = 'shipped') as "shippedAt",
      ${saidByCooperative("come")} as "isCooperativesWord",
      coalesce(sale.is_at_bank, false) as "isAtBank", coalesce(sale.is_made_up, false) as "isMadeUp", (
        select jsonb_agg(jsonb_build_object('id', l.id, 'titleZh', l.title_zh, 'titleEn', l.title_en,
          'unit', l.unit, 'quantity', l.quantity, 'lineFen', l.line_fen, 'isClaimed', exists (
            select from claim_lines x where x.order_line_id = l.id and x.is_open)) order by l.id)
        from order_lines l where l.parcel_id = p.id) as lines
    from parcels p join orders on orders.id = p.order_id
    join cooperatives coop on coop.id = p.cooperative_id
    left join parcel_events come on come.parcel_id = p.id and come.kind = 'delivered'
    left join lateral (
      select ${isAtBank(sql`y.id`)} as is_at_bank, ${isMadeUp(sql`y`)} as is_made_up
      from payments y where y.order_id = orders.id and not exists (
        select from ledger_transactions t where t.idempotency_key = 'suspense:' || y.id)
      order by y.id limit 1) sale on true
    where p.id = ${parcelId} and orders.number = ${number} and orders.paid_at is not null
      and ${ownsOrder(buyer)}`.execute(trx);
  const found = rows[0];
  if (!found) return null;
  const { deliveredAt, shippedAt, isCooperativesWord, ...rest } = found;
  const { isAtBank: isDisputed, isMadeUp: isSeeded, ...parcel } = rest;
  const from = deliveredAt && claimableFrom({ deliveredAt, shippedAt, isCooperativesWord });
  const parts = await readLeft(trx, parcel.orderId, parcelId);
  const most = await readRefundable(trx, parcel.orderId);
  const lines = parcel.lines.map((line) => {
    const left = parts.filter(({ orderLineId }) => orderLineId === line.id);
    return {
      ...line,
      leftFen: Math.min(
        most,
        left.reduce((sum, { fen }) => sum + fen, 0),
      ),
    };
  });
  const problem = (): NotClaimable | null => {
    if (!from && !parcel.isOnItsWay) return "not-delivered";
    if (from && !isClaimable(from, now)) return "too-late";
    if (isSeeded) return "payment-made-up";
    if (isDisputed) return "payment-disputed";
    return lines.some(({ leftFen }) => leftFen > 0) ? null : "nothing-left";
  };
  const until = from && hoursAfter(from, CLAIM_WITHIN_HOURS);
  return { ...parcel, lines, until, problem: problem() };
}

/**
 * What of a parcel the buyer can claim for: line by line, what is left of it in fen, and until when;
 * or why nothing can be. Null when there is no such parcel of a paid order of hers. Locks nothing.
 */
export function readClaimable(
  db: Kysely<DB>,
  buyer: BuyerScope,
  asked: { number: string; parcelId: string; now?: Date },
): Promise<ClaimableParcel | null> {
  return db
    .transaction()
    .execute((trx) => findClaimable(trx, buyer, { now: new Date(), ...asked }));
}
