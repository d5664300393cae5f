import { sql } from "kysely";

/**
 * SQL, true of what was said of a line in a parcel (`said`: parcel_id, order_line_id) from which that
 * line was never sent later (divide-parcel.ts): a line takes along what was said of it before.
 */
export const wasNeverIn = (said: string) => sql<boolean>`not exists (
  select from split_lines m join parcel_splits x on x.id = m.split_id
  where m.order_line_id = ${sql.ref(`${said}.order_line_id`)}
    and m.rest_line_id = m.order_line_id and x.parcel_id = ${sql.ref(`${said}.parcel_id`)})`;
