import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { CoopScope } from "../scopes.ts";
import type { Period } from "./period.ts";
import type { SalesBy } from "./sales-by.ts";
import { BACK, SOLD, sumsIn } from "./sums.ts";

/** One day, crop, household or county; fen of households, without the cooperative's fee and freight. */
export type SalesRow = {
  key: string | null;
  nameZh: string | null;
  nameEn: string | null;
  /** Of what was sold, also of what was given back later. */
  grams: number;
  soldFen: number;
  /** Given back, lost or corrected: below zero where something was taken from what was sold. */
  backFen: number;
  netFen: number;
};

export type Sales = {
  rows: SalesRow[];
  /** Over all days and households: what households, the cooperative and freight got of it. */
  total: { grams: number; soldFen: number; backFen: number; netFen: number };
  feeFen: number;
  freightFen: number;
  orders: number;
};

/** `of` is the column that is summed by, `key` what is shown of it: rows are few by then. */
type By = { of: RawBuilder<unknown>; key: RawBuilder<unknown>; named: RawBuilder<unknown> };

const BY: Record<SalesBy, By> = {
  day: {
    of: sql`day`,
    key: sql`of`,
    named: sql`(select null::text as zh, null::text as en) named on true`,
  },
  product: {
    ...{ of: sql`category_code`, key: sql`of` },
    named: sql`(select code, name_zh as zh, name_en as en from categories) named on named.code = key`,
  },
  household: {
    ...{ of: sql`household_id`, key: sql`of` },
    named: sql`(select home.id, home.head_name || ' · ' || home.village_zh as zh,
      home.head_name || ' · ' || home.village_en as en from households home) named on named.id = key`,
  },
  county: {
    of: sql`household_id`,
    key: sql`(select left(region_code, 6) from households where id = of)`,
    named: sql`(select code, name_zh as zh, name_en as en from regions) named on named.code = key`,
  },
};

/**
 * What the households of the scope's cooperative sold in some days: by day, oldest first, or by crop,
 * household or the households' county, what brought most first. A sale counts on the day it was paid;
 * what was given back, on the day it went. To the fen what the ledger holds. Locks nothing.
 */
export async function readSales(
  db: Kysely<DB>,
  scope: CoopScope,
  period: Period,
  by: SalesBy,
): Promise<Sales> {
  const { of, key, named } = BY[by];
  const { rows } = await sql<SalesRow & { feeFen: number; freightFen: number; orders: number }>`
    with sums as materialized (
      select part, kind, ${of} as of, sum(fen) as fen, sum(grams) as grams, sum(orders) as orders
      from ${sumsIn(scope, period)} s where kind not in ('payout', 'payout-bounce')
      group by 1, 2, 3
    ), grouped as (
      select ${key} as key, sum(grams) as grams, sum(fen) filter (where ${SOLD}) as sold,
        sum(fen) filter (where ${BACK}) as back, sum(fen) as net
      from sums where part = 'relief' group by 1
    ), rest as (
      select coalesce(sum(fen) filter (where part = 'coop-fee'), 0) as fee,
        coalesce(sum(fen) filter (where part = 'freight'), 0) as freight,
        coalesce(sum(orders), 0) as orders from sums
    )
    select key::text, named.zh as "nameZh", named.en as "nameEn",
      coalesce(grams, 0)::bigint as grams, coalesce(sold, 0)::bigint as "soldFen",
      coalesce(back, 0)::bigint as "backFen", coalesce(net, 0)::bigint as "netFen",
      rest.fee::bigint as "feeFen", rest.freight::bigint as "freightFen", rest.orders::bigint as orders
    from rest left join grouped on true left join ${named}
    order by ${by === "day" ? sql`key` : sql`net desc nulls last, key`}`.execute(db);
  const first = rows[0];
  const found = rows.filter((row) => row.grams !== 0 || row.soldFen !== 0 || row.backFen !== 0);
  const sum = (of: "grams" | "soldFen" | "backFen" | "netFen") =>
    found.reduce((total, row) => total + row[of], 0);
  return {
    rows: found.map(({ feeFen: _fee, freightFen: _freight, orders: _orders, ...row }) => row),
    total: {
      ...{ grams: sum("grams"), soldFen: sum("soldFen") },
      ...{ backFen: sum("backFen"), netFen: sum("netFen") },
    },
    feeFen: first?.feeFen ?? 0,
    freightFen: first?.freightFen ?? 0,
    orders: first?.orders ?? 0,
  };
}
