import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type PartDifference = { kind: "parts-differ"; parcelId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Parcels that are not what was split (divide-parcel.ts). What follows another says so, of the same
 * cooperative and order; of those of one cooperative just one carries the freight, and the others have
 * none; a line is in the parcel that it was last sent on with, or in the first; a part of a line has its
 * like in the line as it was sold, and came from one of the same; and each split is noted in the audit
 * log as it stands. What each line has of the fen, `differingSales` tells. Locks nothing.
 */
export async function differingParts(trx: Transaction<DB>): Promise<PartDifference[]> {
  const { rows } = await sql<{ parcelId: string }>`
    with parted as (
      select order_id from parcels where part > 1 or not carries_freight
      union select order_id from parcel_splits
      union select order_id from order_lines where split_from_id is not null
    ), line as (
      select l.*, coalesce(went.rest_parcel_id, instead.parcel_id, first.id) as due_in, made.order_line_id as made_from
      from order_lines l
      left join parcels first on first.order_id = l.order_id
        and first.cooperative_id = l.cooperative_id and first.part = 1
      left join substitutions instead on instead.id = l.substitution_id
      left join lateral (
        select s.rest_parcel_id from split_lines m join parcel_splits s on s.id = m.split_id
        where m.rest_line_id = l.id order by s.id desc limit 1) went on true
      left join lateral (
        select m.order_line_id from split_lines m
        where m.rest_line_id = l.id and m.order_line_id <> l.id limit 1) made on true
      where l.order_id in (select order_id from parted)
    )
    select distinct id as "parcelId" from (
      select p.id::text from parcels p
      left join parcel_splits s on s.rest_parcel_id = p.id
      left join parcels f on f.id = s.parcel_id
      where p.order_id in (select order_id from parted) and ((p.part > 1) <> (s.id is not null)
        or s.id is not null and (f.id is null or s.order_id <> p.order_id or f.order_id <> p.order_id
          or f.cooperative_id <> p.cooperative_id or f.part >= p.part
          or not exists (select from split_lines m where m.split_id = s.id)))
      union all
      select s.parcel_id::text from parcel_splits s left join parcels p on p.id = s.rest_parcel_id
      where p.id is null
      union all
      select min(p.id::text) from parcels p where p.order_id in (select order_id from parted)
      group by p.order_id, p.cooperative_id
      having count(*) filter (where p.carries_freight) <> 1 or min(p.part) <> 1 or max(p.part) <> count(*)
        or sum(p.freight_fen) filter (where not p.carries_freight) <> 0
      union all
      select line.parcel_id::text from line left join order_lines root on root.id = line.split_from_id
      left join order_lines made on made.id = line.made_from
      where line.parcel_id is distinct from line.due_in
        or (line.split_from_id is null) <> (line.made_from is null)
        or line.split_from_id is not null and (root.split_from_id is not null
          or coalesce(made.split_from_id, made.id) is distinct from line.split_from_id
          or (root.order_id, root.listing_id, root.cooperative_id, root.unit, root.unit_grams,
            root.unit_price_fen, root.fee_basis_points) is distinct from (line.order_id,
            line.listing_id, line.cooperative_id, line.unit, line.unit_grams, line.unit_price_fen,
            line.fee_basis_points))
      union all
      select s.parcel_id::text from split_lines m left join parcel_splits s on s.id = m.split_id
      left join order_lines l on l.id = m.order_line_id left join order_lines r on r.id = m.rest_line_id
      where l.order_id is distinct from s.order_id or r.order_id is distinct from s.order_id
        or s.id is null
      union all
      select id from (
        select parcel_id::text as id, id::text as split, rest_parcel_id::text as rest, reason,
          promised_on::text as promised, split_by as by, (
            select jsonb_object_agg(m.order_line_id, m.units)::text from split_lines m
            where m.split_id = parcel_splits.id) as lines, 1 as times
        from parcel_splits
        union all
        select subject_id::text, after ->> 'split_id', after ->> 'rest_parcel_id', after ->> 'reason',
          after ->> 'promised_on', actor_user_id, (after -> 'lines')::text, -1
        from audit_log where subject_type = 'parcel' and action = 'parcel.split'
      ) each group by id, split, rest, reason, promised, by, lines having sum(times) <> 0
    ) differing(id) order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "parts-differ", ...row }));
}
