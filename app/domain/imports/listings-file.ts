import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import { csvFile } from "#app/domain/sheets/csv-file.ts";
import type { DB } from "#db/schema.d.ts";
import { headOf } from "./columns.ts";
import { MOST_ROWS } from "./read-table.ts";

type Listed = {
  id: string;
  household: string;
  village: string;
  title: string;
  unitGrams: number;
  onSale: number;
  priceFen: number;
};

/** In the stead of a household's alias, in every language of the site. */
const POOLED = "合卖";

/**
 * What the cooperative and its households sell, as a CSV table with empty columns for a new price and for
 * what has come in: filled in, it is read as either (understand.ts). Locks nothing.
 */
export async function listingsFile(db: Kysely<DB>, scope: CoopScope): Promise<string> {
  const { rows } = await sql<Listed>`
    select l.id, coalesce(h.alias_zh, ${POOLED}) as household, l.village_zh as village,
      l.title_zh as title,
      l.unit_grams as "unitGrams", l.price_fen as "priceFen",
      (select coalesce(sum(available), 0)::int from lots where listing_id = l.id) as "onSale"
    from listings l left join households h on h.id = l.created_by_household_id
    where l.cooperative_id = ${scope.cooperativeId}
      and (l.is_pooled or h.cooperative_id = ${scope.cooperativeId})
      and l.status in ('published', 'paused')
    order by l.is_pooled, l.village_zh, h.id, l.id desc limit ${MOST_ROWS}`.execute(db);
  const header = [
    ...[headOf("listing"), headOf("household"), "村", headOf("title"), headOf("unitGrams")],
    ...["在售数量", headOf("priceNow"), headOf("newPrice"), headOf("added"), headOf("harvestedOn")],
    headOf("note"),
  ];
  const lines = rows.map(({ id, household, village, title, unitGrams, onSale, priceFen }) => [
    ...[id, household, village, title, String(unitGrams), String(onSale)],
    ...[(priceFen / 100).toFixed(2), "", "", "", ""],
  ]);
  return csvFile([header, ...lines]);
}
