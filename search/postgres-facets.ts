import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { countShipsWithin, type Facets, filterNames, PRICE_STEPS, priceBands } from "./filters.ts";
import { conditionsOf } from "./postgres-filters.ts";
import type { PreparedQuery } from "./prepare-query.ts";

/** What is counted of a hit by each filter; a category and a region also by those above them. */
const counted: readonly (readonly [name: keyof Facets, value: string])[] = [
  ["category", "unnest(category_codes)"],
  ["region", "unnest(array[left(region_code, 2) || '0000', left(region_code, 6)])"],
  ["cooperative", "cooperative_id::text"],
  ["grade", "grade"],
  ["harvest", "to_char(harvested_on, 'YYYY-MM')"],
  ["price", `width_bucket(fen_per_jin, array[${PRICE_STEPS.join()}]::bigint[])::text`],
  ["ships", "greatest(coalesce(ships_from - today, 0), 0)::text"],
  ["stock", "case when in_stock then 'yes' end"],
];

/**
 * Counts, value by value, what each filter would show if it alone were chosen anew: of every hit is
 * noted which of the set filters it misses, and one that misses another filter does not count.
 */
export async function readFacets(
  db: Kysely<DB>,
  query: PreparedQuery,
  where: RawBuilder<unknown>,
): Promise<Facets> {
  const set = conditionsOf(query);
  const bitOf = (name: string) => 1 << set.findIndex(([known]) => known === name);
  const isSet = (name: string) => set.some(([known]) => known === name);
  const misses =
    set.length === 0
      ? sql`0`
      : sql.join(
          set.map(([name, condition]) => sql`(not ${condition})::int * ${sql.lit(bitOf(name))}`),
          sql` + `,
        );
  const each = counted.map(([name, value]) => {
    const mayMiss = isSet(name) ? sql`misses in (0, ${sql.lit(bitOf(name))})` : sql`misses = 0`;
    return sql`select ${sql.lit(name)} as filter, ${sql.raw(value)} as value, count(*)::int as count
      from hits where ${mayMiss} group by 2`;
  });
  const { rows } = await sql<{ filter: keyof Facets; value: string | null; count: number }>`
    with hits as materialized (
      select category_codes, region_code, cooperative_id, grade, harvested_on, fen_per_jin,
        ships_from, in_stock, ${query.today}::date as today, ${misses} as misses
      from search_documents where ${where}
    )
    ${sql.join(each, sql` union all `)}`.execute(db);
  const facets = Object.fromEntries(filterNames.map((name) => [name, {}])) as Facets;
  const shipsFrom = new Map<number, number>();
  for (const { filter, value, count } of rows) {
    if (value === null) continue;
    if (filter === "ships") shipsFrom.set(Number(value), count);
    else if (filter === "price") facets.price[priceBands[Number(value) - 1] ?? ""] = count;
    else facets[filter][value] = count;
  }
  facets.ships = countShipsWithin(shipsFrom);
  return facets;
}
