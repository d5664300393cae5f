import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { OWED_BY_LINE } from "../operations/owed-by-order.ts";
import { isStanding } from "../payments/let-go.ts";
import { promisedOf } from "../payments/promised.ts";
import type { RefundReason } from "../payments/refund-reasons.ts";

export type RefundStatus = "requested" | "pending" | "succeeded" | "failed";

/** `account` is a ledger code: `relief:…`, `coop-fee:…`, `freight:…` or `owed:…`. */
export type RefundShare = { account: string; orderLineId: string | null; fen: number };

export type ParcelRefund = {
  id: string;
  status: RefundStatus;
  reason: RefundReason;
  /** What the buyer reads; empty when nobody wrote anything. */
  note: string;
  createdAt: Date;
  /** Of this parcel; the refund of a whole order gives back other parcels' parts too. */
  fen: number;
  /** Of a failed one: what was promised by it and is kept for the buyer still (owe-promise.ts). */
  owedFen: number;
  shares: RefundShare[];
};

/**
 * What was given back, or tried to be, of a parcel of the scope's cooperative, oldest first, with
 * the share of each account: also refunds of the whole order and those made by hand at Stripe.
 * Another cooperative's parcel brings nothing. Locks nothing.
 */
export async function readParcelRefunds(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelId: string,
): Promise<ParcelRefund[]> {
  if (!isUuid(parcelId)) return [];
  const order = sql`(select order_id from parcels where id = ${parcelId})`;
  const kept = sql`select * from (${OWED_BY_LINE}) each where order_id = ${order}`;
  const { rows } = await sql<ParcelRefund>`
    with promised as (${promisedOf(kept, sql`r.order_id = ${order}`)})
    select f.id, f.status, f.reason, f.note, f.created_at as "createdAt",
      sum(s.fen)::bigint as fen,
      (select coalesce(sum(o.fen), 0)::bigint from promised o
        where o.refund_id = f.id and o.code = 'owed:' || c.slug) as "owedFen",
      jsonb_agg(jsonb_build_object('account', s.account_code, 'orderLineId', s.order_line_id,
        'fen', s.fen) order by s.id) as shares
    from parcels p
    join cooperatives c on c.id = p.cooperative_id
    join refunds f on f.order_id = p.order_id
    join refund_parts s on s.refund_id = f.id
    left join order_lines l on l.id = s.order_line_id
    where p.id = ${parcelId} and p.cooperative_id = ${scope.cooperativeId}
      and ${isStanding("f")}
      and (l.parcel_id = p.id or l.id is null and p.carries_freight
        and s.account_code in ('freight:' || c.slug, 'owed:' || c.slug))
    group by f.id, c.slug order by f.id`.execute(db);
  return rows;
}
