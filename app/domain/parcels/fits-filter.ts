import { type RawBuilder, sql } from "kysely";
import { dayBounds } from "../calendar/day-bounds.ts";
import type { ParcelFilter } from "./parcel-filter.ts";

/** SQL over `parcels` and `orders` under their own names. */
export function fitsFilter({ day, carrier }: ParcelFilter): RawBuilder<boolean> {
  const bounds = day === null ? null : dayBounds(day);
  const onDay = bounds
    ? sql<boolean>`orders.paid_at >= ${bounds.from} and orders.paid_at < ${bounds.until}`
    : sql<boolean>`true`;
  return carrier === null ? onDay : sql<boolean>`${onDay} and parcels.carrier = ${carrier}`;
}
