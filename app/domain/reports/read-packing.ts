import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { CoopScope } from "../scopes.ts";
import type { Period } from "./period.ts";
import { BACK, SOLD, sumsIn } from "./sums.ts";

/** One day; parcels by what was done to them on it. */
export type PackingDay = {
  day: string;
  packed: number;
  shipped: number;
  delivered: number;
  cancelled: number;
  /** Of what was shipped. */
  grams: number;
  freightFen: number;
  freightBackFen: number;
};

/** What one carrier took along; what buyers paid for it by the parcel. */
export type CarrierRow = {
  carrier: string | null;
  parcels: number;
  grams: number;
  freightFen: number;
};

/**
 * What the scope's cooperative packed and sent in some days, day by day, oldest first, and by carrier,
 * the one with the most parcels first. Parcels are those counted last, a minute ago at most; freight is
 * the ledger's, to the fen: collected on the day of the sale, given back on the day it went. Locks nothing.
 */
export async function readPacking(
  db: Kysely<DB>,
  scope: CoopScope,
  period: Period,
): Promise<{ days: PackingDay[]; carriers: CarrierRow[] }> {
  const which = sql`cooperative_id = ${scope.cooperativeId}
    and day between ${period.from}::date and ${period.until}::date`;
  const of = (kind: string) => sql`coalesce(sum(parcels) filter (where kind = ${kind}), 0)::bigint`;
  const [days, carriers] = await Promise.all([
    sql<PackingDay>`
      with parcels as (
        select day, ${of("packed")} as packed, ${of("shipped")} as shipped,
          ${of("delivered")} as delivered, ${of("cancelled")} as cancelled,
          coalesce(sum(grams) filter (where kind = 'shipped'), 0)::bigint as grams
        from parcel_days where ${which} group by day
      ), freight as (
        select day, coalesce(sum(fen) filter (where ${SOLD}), 0)::bigint as fen,
          coalesce(sum(fen) filter (where ${BACK}), 0)::bigint as back
        from ${sumsIn(scope, period)} sums where part = 'freight' group by day
      )
      select day, coalesce(packed, 0) as packed, coalesce(shipped, 0) as shipped,
        coalesce(delivered, 0) as delivered, coalesce(cancelled, 0) as cancelled,
        coalesce(grams, 0) as grams, coalesce(fen, 0) as "freightFen",
        coalesce(back, 0) as "freightBackFen"
      from parcels full join freight using (day)
      where packed + shipped + delivered + cancelled > 0 or fen <> 0 or back <> 0
      order by day`.execute(db),
    sql<CarrierRow>`
      select carrier, sum(parcels)::bigint as parcels, sum(grams)::bigint as grams,
        sum(freight_fen)::bigint as "freightFen"
      from parcel_days where ${which} and kind = 'shipped'
      group by carrier order by 2 desc, 1`.execute(db),
  ]);
  return { days: days.rows, carriers: carriers.rows };
}
