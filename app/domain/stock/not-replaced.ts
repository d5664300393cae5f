import { type RawBuilder, sql } from "kysely";

/**
 * SQL, true of an allocation that tells where a line's goods came from: every one but those whose
 * hold had ended when a late payment took the goods again, perhaps from other lots (`takeAgain`).
 * What was sold and came back (`returned`) still tells it. `part` is the alias of `allocations`.
 */
export function notReplaced(part: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${part}.${name}`);
  return sql<boolean>`(${column("state")} <> 'released' or not exists (
    select 1 from allocations later
    where later.order_line_id = ${column("order_line_id")} and later.state in ('sold', 'returned')))`;
}
