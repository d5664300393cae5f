import { type RawBuilder, sql } from "kysely";
import { type FilterName, filterNames } from "./filters.ts";
import type { PreparedQuery } from "./prepare-query.ts";

type Written = { [name in FilterName]: (value: string, today: string) => RawBuilder<boolean> };

const written: Written = {
  category: (code) => sql`category_codes @> array[${code}::text]`,
  region: (prefix) => sql`region_code like ${`${prefix}%`}`,
  cooperative: (id) => sql`cooperative_id = ${id}::uuid`,
  grade: (grade) => sql`grade = ${grade}`,
  harvest: (month) => {
    const first = `${month}-01`;
    return sql`(harvested_on >= ${first}::date and harvested_on < ${first}::date + interval '1 month')`;
  },
  price: (band) => {
    const [from, to] = band.split("-");
    return to
      ? sql`(fen_per_jin >= ${from}::bigint and fen_per_jin < ${to}::bigint)`
      : sql`fen_per_jin >= ${from}::bigint`;
  },
  ships: (days, today) => sql`coalesce(ships_from <= ${today}::date + ${days}::int, true)`,
  stock: () => sql`in_stock`,
};

/** What is asked for by each filter that is set, in SQL, in the order of the filters. */
export function conditionsOf({ filters, today }: PreparedQuery) {
  return filterNames.flatMap((name): [FilterName, RawBuilder<boolean>][] => {
    const value = filters[name];
    return value ? [[name, written[name](value, today)]] : [];
  });
}
