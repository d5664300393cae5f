import { type RawBuilder, sql } from "kysely";

/** SQL, true of a weigh-in that no correction stands in the place of; `of` is the alias of `weigh_ins`. */
export function isStanding(of: string): RawBuilder<boolean> {
  return sql<boolean>`not exists (
    select 1 from weigh_ins later where later.corrects_id = ${sql.ref(`${of}.id`)})`;
}
