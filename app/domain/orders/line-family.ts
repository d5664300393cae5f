import { type RawBuilder, sql } from "kysely";

/**
 * SQL: the ids of all lines that one line of an order has become: itself, and what of it is sent by
 * itself (divide-parcel.ts). `root` is the line as it was ordered. A household sells a line and need not
 * know in how many parcels it leaves, so what it reads is of all of them.
 */
export const familyOf = (root: RawBuilder<unknown>) => sql`(
  select ${root} union all select id from order_lines where split_from_id = ${root})`;
