import { sql } from "kysely";

/**
 * SQL over `l`, a line of an order: whether it is the one that is reviewed. Of what is sent in parts
 * (divide-parcel.ts) that is the first, or a later one where the first was called off. Nobody reviews
 * what was short, or replaced, altogether.
 */
export const IS_REVIEWED = sql<boolean>`((l.split_from_id is null or exists (
  select from order_lines root join parcels first on first.id = root.parcel_id
  where root.id = l.split_from_id and first.status = 'cancelled')) and exists (
  select from order_lines part join allocations a on a.order_line_id = part.id
  where coalesce(l.split_from_id, l.id) in (part.id, part.split_from_id) and a.quantity > a.short_units))`;
