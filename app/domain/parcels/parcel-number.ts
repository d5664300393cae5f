import { type RawBuilder, sql } from "kysely";

/** SQL over `orders` and `parcels`: what a parcel goes by, as parcel-number-rule.ts reads it. */
export const PARCEL_NUMBER: RawBuilder<string> = sql<string>`(
  orders.number || case when parcels.part > 1 then '-' || parcels.part else '' end)`;
