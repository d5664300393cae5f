import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { askedByNobody, askedOtherwise, givenBy, givesOtherwise } from "./given-for-line.ts";
import { wasNeverIn } from "./was-in-parcel.ts";

export type ShortageDifference = { kind: "shortage-differs"; parcelId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Parcels of which a line's shortages are not what was given back for them (say-short.ts): each is of
 * a line of its parcel, and no more together than the line has; its refund is of its order, asked for
 * under its own name, of just the fen that its quantity comes to, and takes them of this line alone,
 * whatever became of it since; each refund of a shortage has its row; and each row is noted in the
 * audit log as it stands, as often as it is there. That the lots gave just as many, is held by
 * verify-stock.ts. Locks nothing.
 */
export async function differingShortages(trx: Transaction<DB>): Promise<ShortageDifference[]> {
  const { rows } = await sql<{ parcelId: string }>`
    with given as (${givenBy(sql`select refund_id from line_shortages`)})
    select distinct id as "parcelId" from (
      select s.parcel_id::text as id from line_shortages s
      left join order_lines l on l.id = s.order_line_id
      left join refunds r on r.id = s.refund_id
      left join given on given.refund_id = s.refund_id
      where l.parcel_id is distinct from s.parcel_id and ${wasNeverIn("s")} or r.order_id is distinct from l.order_id
        or r.fen is distinct from s.quantity::bigint * l.unit_price_fen
        or ${askedOtherwise("short", "s")} or ${givesOtherwise(sql`s.order_line_id`)}
      union all
      select min(s.parcel_id::text) from line_shortages s join order_lines l on l.id = s.order_line_id
      group by l.id having sum(s.quantity) > l.quantity or min(s.quantity) < 1
      union all
      ${askedByNobody("short", "line_shortages")}
      union all
      select id from (
        select parcel_id::text as id, order_line_id::text as line, quantity::text, reason,
          refund_id::text as refund, said_by as said, 1 as times
        from line_shortages
        union all
        select subject_id::text, after ->> 'order_line_id', after ->> 'quantity', after ->> 'reason',
          after ->> 'refund_id', actor_user_id, -1
        from audit_log where subject_type = 'parcel' and action = 'parcel.short'
      ) each group by id, line, quantity, reason, refund, said having sum(times) <> 0
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "shortage-differs", ...row }));
}
