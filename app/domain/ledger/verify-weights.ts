import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { byWeight } from "../parcels/weight-rule.ts";
import { askedByNobody, askedOtherwise, givenBy, givesOtherwise } from "./given-for-line.ts";
import { wasNeverIn } from "./was-in-parcel.ts";

export type WeightDifference = { kind: "weight-differs"; parcelId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Parcels of which a line's weighings are not what was given back for them (weigh-line.ts). Each is of
 * a line of its parcel that is sold by weight, and expected what is not short of it; where it gave
 * something, its refund is of its order, asked for under its own name, of just so many fen, of this
 * line alone, whatever became of it since. All of a line together gave what the lightest of them lacks
 * (weight-rule.ts), as each gives only what is missing beyond those before it. Each refund of a
 * weighing has its row, and each row is noted in the audit log as it stands, as often as it is there.
 * Locks nothing.
 */
export async function differingWeights(trx: Transaction<DB>): Promise<WeightDifference[]> {
  const { rows } = await sql<{ parcelId: string }>`
    with given as (${givenBy(sql`select refund_id from line_weights`)}), line as (
      select l.id, l.parcel_id, l.order_id, l.unit, l.unit_grams::numeric as unit_grams,
        l.unit_price_fen, sum(a.quantity - a.short_units) * l.unit_grams as grams
      from order_lines l join allocations a on a.order_line_id = l.id
      where l.id in (select order_line_id from line_weights) and a.state in ('sold', 'returned')
      group by l.id
    ), weighed as (
      select w.*, line.parcel_id as of_parcel, line.order_id, line.unit, line.grams,
        div(greatest(0, w.expected_grams - w.actual_grams) * line.unit_price_fen
          + line.unit_grams - 1, nullif(line.unit_grams, 0)) as owed_fen
      from line_weights w left join line on line.id = w.order_line_id
    )
    select distinct id as "parcelId" from (
      select w.parcel_id::text as id from weighed w
      left join refunds r on r.id = w.refund_id
      left join given on given.refund_id = w.refund_id
      where w.of_parcel is distinct from w.parcel_id and ${wasNeverIn("w")} or w.expected_grams is distinct from w.grams
        or w.unit <> all(${[...byWeight]}::text[])
        or (w.refund_id is null) <> (w.refund_fen = 0)
        or w.refund_id is not null and (r.order_id is distinct from w.order_id
          or r.fen is distinct from w.refund_fen
          or ${askedOtherwise("light", "w")} or ${givesOtherwise(sql`w.order_line_id`)})
      union all
      select min(parcel_id::text) from weighed
      group by order_line_id having sum(refund_fen) is distinct from max(owed_fen)
      union all
      ${askedByNobody("light", "line_weights")}
      union all
      select id from (
        select parcel_id::text as id, order_line_id::text as line, expected_grams::text as expected,
          actual_grams::text as actual, refund_id::text as refund, refund_fen::text as fen,
          weighed_by as by, 1 as times
        from line_weights
        union all
        select subject_id::text, after ->> 'order_line_id', after ->> 'expected_grams',
          after ->> 'actual_grams', after ->> 'refund_id', after ->> 'refund_fen', actor_user_id, -1
        from audit_log where subject_type = 'parcel' and action = 'parcel.weighed'
      ) each group by id, line, expected, actual, refund, fen, by having sum(times) <> 0
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "weight-differs", ...row }));
}
