import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import { balanceOf } from "#app/domain/ledger/account-sums.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { BackReason } from "./bounce-reasons.ts";
import { GOING_BACK } from "./going-back.ts";
import { type LeftOutHousehold, readLeftOut } from "./left-out.ts";
import { type ListedRun, RUN_COLUMNS, type RunStatus } from "./list-runs.ts";
import type { RunTerms } from "./owed.ts";

export type RunItem = {
  id: string;
  householdId: string;
  headName: string;
  aliasZh: string;
  aliasEn: string;
  reliefCode: string;
  fen: number;
  status: "prepared" | "paid" | "bounced" | "cancelled";
  bounceReason: BackReason | null;
  /** When the bank said that it had paid it; null while it has not. */
  bankPaidAt: Date | null;
  bankAccountName: string;
  bankAccountNumber: string;
  bankName: string;
  /**
   * What the ledger holds for the account now, less what refunds under way will take; below `fen`
   * in an open run after a refund.
   */
  balanceFen: number;
};

export type ReadRun = ListedRun & RunTerms & { items: RunItem[]; leftOut: LeftOutHousehold[] };

/**
 * One run of the scope's cooperative with its payouts, their bank details as prepared, and whom
 * it left out. Null when it is unknown or another's.
 */
export async function readRun(
  db: Kysely<DB>,
  scope: CoopScope,
  runId: string,
): Promise<ReadRun | null> {
  if (!isUuid(runId)) return null;
  const run = await db
    .selectFrom("payout_runs")
    .where("id", "=", runId)
    .where("cooperative_id", "=", scope.cooperativeId)
    .select(RUN_COLUMNS)
    .select([sql<string | null>`to_char(sold_until, 'YYYY-MM-DD')`.as("soldUntil")])
    .select("minimum_fen as minimumFen")
    .executeTakeFirst();
  if (!run) return null;
  const items = await db
    .selectFrom("payouts")
    .innerJoin("households as home", "home.id", "payouts.household_id")
    .innerJoin("relief_accounts as relief", "relief.id", "payouts.relief_account_id")
    .leftJoin(GOING_BACK.as("back"), "back.relief_account_id", "relief.id")
    .where("payouts.payout_run_id", "=", run.id)
    .select([
      "payouts.id",
      "home.id as householdId",
      "home.head_name as headName",
      "home.alias_zh as aliasZh",
      "home.alias_en as aliasEn",
      "relief.code as reliefCode",
      "payouts.fen",
      "payouts.status",
      "payouts.bounce_reason as bounceReason",
      "payouts.bank_paid_at as bankPaidAt",
      "payouts.bank_account_name as bankAccountName",
      "payouts.bank_account_number as bankAccountNumber",
      "payouts.bank_name as bankName",
      sql<number>`-${balanceOf(sql.ref("relief.ledger_account_id"))} - coalesce(back.fen, 0)`.as(
        "balanceFen",
      ),
    ])
    .orderBy("relief.code")
    .execute();
  return {
    ...run,
    status: run.status as RunStatus,
    items: items.map((item) => ({
      ...item,
      status: item.status as RunItem["status"],
      bounceReason: item.bounceReason as BackReason | null,
    })),
    leftOut: await readLeftOut(db, scope, run.id),
  };
}
