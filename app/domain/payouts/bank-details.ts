import { type RawBuilder, sql } from "kysely";

/** Whether a run can pay the household of this name in the statement: its bank is known in full. */
export function hasBankDetails(household: string): RawBuilder<boolean> {
  const isSaid = (column: string) =>
    sql`coalesce(btrim(${sql.ref(`${household}.${column}`)}), '') <> ''`;
  return sql<boolean>`(${isSaid("bank_account_name")} and ${isSaid("bank_account_number")}
    and ${isSaid("bank_name")})`;
}
