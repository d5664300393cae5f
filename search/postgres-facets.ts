import { type RawBuilder, sql } from "kysely";
import {
  countShipsWithin,
  type Facets,
  type FilterName,
  filterNames,
  PRICE_STEPS,
  priceBands,
} from "./filters.ts";
import type { PreparedQuery } from "./prepare-query.ts";

/** What is counted of a hit by each filter; a category and a region also by those above them. */
const counted: Record<FilterName, (today: string) => RawBuilder<unknown>> = {
  category: () => sql`unnest(category_codes)`,
  region: () => sql`unnest(array[left(region_code, 2) || '0000', left(region_code, 6)])`,
  cooperative: () => sql`cooperative_id::text`,
  grade: () => sql`grade`,
  certificate: () => sql`unnest(certificates)`,
  harvest: () => sql`to_char(harvested_on, 'YYYY-MM')`,
  price: () =>
    sql`width_bucket(fen_per_jin, ${sql.raw(`array[${PRICE_STEPS.join()}]::bigint[]`)})::text`,
  ships: (today) => sql`greatest(coalesce(ships_from - ${today}::date, 0), 0)::text`,
  stock: () => sql`case when in_stock then 'yes' end`,
};

/**
 * From which hits each filter is counted, as it would show if it alone were chosen anew: one that is
 * not set from the hits there are, one that is from those there would be without it.
 */
export function facetSources({ filters }: PreparedQuery) {
  const isSet = (name: FilterName) => Boolean(filters[name]);
  return [
    { leftOut: undefined, names: filterNames.filter((name) => !isSet(name)) },
    ...filterNames.filter(isSet).map((name) => ({ leftOut: name, names: [name] })),
  ];
}

/** Rows (of, value, count) of one filter. */
export function countedValues(
  name: FilterName,
  from: RawBuilder<unknown>,
  today: string,
): RawBuilder<unknown> {
  return sql`select ${sql.lit(name)}, ${counted[name](today)}, count(*)::int from ${from} group by 2`;
}

export function facetsOf(
  rows: readonly { of: string; value: string | null; count: number }[],
): Facets {
  const facets = Object.fromEntries(filterNames.map((name) => [name, {}])) as Facets;
  const shipsFrom = new Map<number, number>();
  for (const { of, value, count } of rows) {
    const name = filterNames.find((known) => known === of);
    if (value === null || !name) continue;
    if (name === "ships") shipsFrom.set(Number(value), count);
    else if (name === "price") facets.price[priceBands[Number(value) - 1] ?? ""] = count;
    else facets[name][value] = count;
  }
  facets.ships = countShipsWithin(shipsFrom);
  return facets;
}
