import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { OwedReason } from "./payable-rule.ts";

export type LeftOutHousehold = {
  headName: string;
  aliasZh: string;
  aliasEn: string;
  reliefCode: string;
  fen: number;
  reason: OwedReason;
};

/**
 * Whom a run of the scope's cooperative left out and why, as it was judged when the run was
 * prepared: the audit log kept it.
 */
export async function readLeftOut(
  db: Kysely<DB>,
  scope: CoopScope,
  runId: string,
): Promise<LeftOutHousehold[]> {
  const { rows } = await sql<LeftOutHousehold>`
    select home.head_name as "headName", home.alias_zh as "aliasZh", home.alias_en as "aliasEn",
      relief.code as "reliefCode", part.fen, part.reason
    from audit_log
    cross join jsonb_to_recordset(audit_log.after -> 'leftOut')
      as part ("reliefAccountId" uuid, fen bigint, reason text)
    join relief_accounts relief on relief.id = part."reliefAccountId"
    join households home on home.id = relief.household_id
      and home.cooperative_id = ${scope.cooperativeId}
    where audit_log.subject_type = 'payout-run' and audit_log.subject_id = ${runId}
      and audit_log.action = 'payout-run.prepared'
    order by relief.code`.execute(db);
  return rows;
}
