import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { CoopRole } from "./coop-rights.ts";

/** What one signed-in person may act for; null where she has no such role. */
export type Roles = {
  household: { householdId: string; cooperativeId: string } | null;
  cooperative: { cooperativeId: string; role: CoopRole } | null;
  officer: { regionCode: string } | null;
  isOperator: boolean;
  /** In which language her household is told things; see keep-language.ts. */
  toldIn: "zh" | "en";
};

/**
 * Reads every role of a user in one query. What each role of a cooperative may do says
 * coop-rights.ts; whoever left it, or no longer farms for a household, has none. Of several cooperatives the first joined is taken.
 */
export async function readRoles(db: Kysely<DB>, userId: string): Promise<Roles> {
  const { rows } = await sql<{
    household_id: string | null;
    household_cooperative_id: string | null;
    cooperative_id: string | null;
    coop_role: CoopRole | null;
    region_code: string | null;
    is_operator: boolean;
    told_in: "zh" | "en";
  }>`
    select h.id as household_id, h.cooperative_id as household_cooperative_id,
      m.cooperative_id, m.role as coop_role,
      (select o.region_code from officers o where o.user_id = ${userId}) as region_code,
      exists (select 1 from operators p where p.user_id = ${userId}) as is_operator,
      coalesce(hm.locale, 'zh') as told_in
    from (select 1) as one
    left join household_members hm on hm.user_id = ${userId} and hm.ended_at is null
    left join households h on h.id = hm.household_id
    left join lateral (select m.cooperative_id, m.role from cooperative_members m
      where m.user_id = ${userId} and m.ended_at is null
      order by m.created_at, m.id limit 1) m on true`.execute(db);
  const row = rows[0];
  if (!row) throw new Error("a query over one row returned none");
  return {
    household:
      row.household_id && row.household_cooperative_id
        ? { householdId: row.household_id, cooperativeId: row.household_cooperative_id }
        : null,
    cooperative:
      row.cooperative_id && row.coop_role
        ? { cooperativeId: row.cooperative_id, role: row.coop_role }
        : null,
    officer: row.region_code ? { regionCode: row.region_code } : null,
    isOperator: row.is_operator,
    toldIn: row.told_in,
  };
}

/** Staff see other people's affairs: their sessions are short. */
export function isStaff(roles: Roles): boolean {
  return roles.cooperative !== null || roles.officer !== null || roles.isOperator;
}
