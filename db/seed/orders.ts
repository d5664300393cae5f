import type { Kysely } from "kysely";
import { regionPath } from "#app/domain/regions/region-path.ts";
import type { DB } from "#db/schema.d.ts";
import { insertRows } from "./insert-rows.ts";
import type { SeedOrder } from "./order-plans.ts";
import { type OrderRows, orderRows } from "./order-rows.ts";
import type { Random } from "./random.ts";

const ORDERS_A_BATCH = 1_000;
// A row may name only what stands already.
const tables = [
  "orders",
  "parcels",
  "parcel_events",
  "order_lines",
  "allocations",
  "payments",
  "refunds",
  "disputes",
] as const;

/** Writes the orders and all that hangs on them, but for the ledger. */
export async function insertOrders(
  db: Kysely<DB>,
  random: Random,
  orders: readonly SeedOrder[],
): Promise<void> {
  const regions = await db
    .selectFrom("regions as county")
    .innerJoin("regions as city", "city.code", "county.parent_code")
    .innerJoin("regions as province", "province.code", "city.parent_code")
    .select([
      "county.code",
      "county.name_zh as zh",
      "county.name_en as en",
      "city.name_zh as cityZh",
      "city.name_en as cityEn",
      "province.name_zh as provinceZh",
      "province.name_en as provinceEn",
    ])
    .where("county.code", "in", [...new Set(orders.map((order) => order.regionCode))])
    .execute();
  const names = new Map(
    regions.map((region) => [
      region.code,
      regionPath([
        { nameZh: region.provinceZh, nameEn: region.provinceEn },
        { nameZh: region.cityZh, nameEn: region.cityEn },
        { nameZh: region.zh, nameEn: region.en },
      ]),
    ]),
  );
  for (let at = 0; at < orders.length; at += ORDERS_A_BATCH) {
    const batch = orders.slice(at, at + ORDERS_A_BATCH);
    const rows = batch.map((order, index) => orderRows(random, order, at + index + 1, names));
    for (const table of tables) {
      await insertRows(
        db,
        table,
        rows.flatMap((row: OrderRows) => row[table]),
      );
    }
  }
}
