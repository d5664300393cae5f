import { type Kysely, sql } from "kysely";
import { balanceOf } from "#app/domain/ledger/account-sums.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { hasBankDetails } from "./bank-details.ts";
import { GOING_BACK } from "./going-back.ts";
import { laterSales } from "./later-sales.ts";
import { type Due, netHousehold, stillLater } from "./payable-rule.ts";

export type OwedRow = Due & {
  reliefAccountId: string;
  reliefCode: string;
  householdId: string;
  headName: string;
  aliasZh: string;
  aliasEn: string;
  hasBankDetails: boolean;
  /** What the ledger holds for the account: positive is owed, negative is overdrawn. */
  balanceFen: number;
  /** The part of it that stands in an open run. */
  inRunFen: number;
  /** The part of it that refunds under way will take: the buyers'. */
  goingBackFen: number;
  /** The part of it that was sold after the last day asked for. */
  laterFen: number;
};

/** What a run is to pay: sales up to a day in Shanghai (null: all), households due so many fen or more. */
export type RunTerms = { soldUntil: string | null; minimumFen: number };

export const ALL_OWED: RunTerms = { soldUntil: null, minimumFen: 0 };

/**
 * What is owed on every relief account of the households of the scope's cooperative, in fen, and
 * what of it a run by these terms would pay, by
 * the ledger, the open run and the refunds under way as they stand in one moment (one statement: a sale, refund or
 * confirmation is in it whole or not at all). Locks nothing.
 */
export async function readOwed(
  db: Kysely<DB>,
  scope: CoopScope,
  { soldUntil, minimumFen }: RunTerms = ALL_OWED,
): Promise<OwedRow[]> {
  const rows = await db
    .selectFrom("relief_accounts as relief")
    .innerJoin("households as home", "home.id", "relief.household_id")
    .leftJoin(GOING_BACK.as("back"), "back.relief_account_id", "relief.id")
    .leftJoin(laterSales(scope, soldUntil).as("later"), "later.relief_account_id", "relief.id")
    .where("home.cooperative_id", "=", scope.cooperativeId)
    .select([
      "relief.id as reliefAccountId",
      "relief.code as reliefCode",
      "home.id as householdId",
      "home.head_name as headName",
      "home.alias_zh as aliasZh",
      "home.alias_en as aliasEn",
      hasBankDetails("home").as("hasBankDetails"),
      sql<number>`-${balanceOf(sql.ref("relief.ledger_account_id"))}`.as("balanceFen"),
      sql<number>`coalesce((select sum(o.fen) from payouts o
        where o.relief_account_id = relief.id and o.status = 'prepared'), 0)`.as("inRunFen"),
      sql<number>`coalesce(back.fen, 0)`.as("goingBackFen"),
      sql<number>`coalesce(later.fen, 0)::bigint`.as("laterFen"),
    ])
    .orderBy("relief.code")
    .execute();
  const homes = Map.groupBy(rows, (row) => row.householdId);
  const due = new Map<string, Due>();
  for (const accounts of homes.values()) {
    const nets = netHousehold(accounts, accounts[0]?.hasBankDetails ?? false, minimumFen);
    for (const [index, net] of nets.entries()) due.set(accounts[index]?.reliefAccountId ?? "", net);
  }
  return rows.map((row) => ({
    ...row,
    laterFen: stillLater(row),
    ...(due.get(row.reliefAccountId) as Due),
  }));
}
