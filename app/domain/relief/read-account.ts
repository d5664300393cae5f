import { type Kysely, sql } from "kysely";
import { sumsOf } from "#app/domain/ledger/account-sums.ts";
import { GOING_BACK } from "#app/domain/payouts/going-back.ts";
import type { OfficerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export type ReliefAccount = {
  code: string;
  householdId: string;
  headName: string;
  aliasZh: string;
  aliasEn: string;
  villageZh: string;
  villageEn: string;
  registerCode: string;
  status: string;
  cooperativeZh: string;
  cooperativeEn: string;
  programmeZh: string;
  programmeEn: string;
  earnedFen: number;
  paidFen: number;
  owedFen: number;
  /** Of the owed, what refunds under way will take: it goes to buyers, and is not paid out. */
  goingBackFen: number;
};

/**
 * A relief account of the officer's county: whose it is, and what it earned, was paid and is
 * owed, in fen. Null when the code is unknown or of another county. Locks nothing.
 */
export async function readReliefAccount(
  db: Kysely<DB>,
  scope: OfficerScope,
  code: string,
): Promise<ReliefAccount | null> {
  const row = await db
    .selectFrom("relief_accounts as relief")
    .innerJoin("households as home", "home.id", "relief.household_id")
    .innerJoin("cooperatives as coop", "coop.id", "home.cooperative_id")
    .innerJoin("programmes as programme", "programme.id", "relief.programme_id")
    .innerJoinLateral(sumsOf(sql.ref("relief.ledger_account_id")).as("sums"), (join) =>
      join.onTrue(),
    )
    .leftJoin(GOING_BACK.as("back"), "back.relief_account_id", "relief.id")
    .where("relief.code", "=", code)
    .where("home.region_code", "like", `${scope.regionCode}%`)
    .select([
      "relief.code",
      "home.id as householdId",
      "home.head_name as headName",
      "home.alias_zh as aliasZh",
      "home.alias_en as aliasEn",
      "home.village_zh as villageZh",
      "home.village_en as villageEn",
      "home.register_code as registerCode",
      "home.poverty_status as status",
      "coop.name_zh as cooperativeZh",
      "coop.name_en as cooperativeEn",
      "programme.name_zh as programmeZh",
      "programme.name_en as programmeEn",
      sql<number>`sums.payout_fen - sums.balance_fen`.as("earnedFen"),
      "sums.payout_fen as paidFen",
      sql<number>`-sums.balance_fen`.as("owedFen"),
      sql<number>`coalesce(back.fen, 0)`.as("goingBackFen"),
    ])
    .executeTakeFirst();
  return row ?? null;
}
