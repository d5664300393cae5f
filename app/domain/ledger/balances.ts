import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { balanceOf } from "./account-sums.ts";

/**
 * The balance of each account in fen, debits positive: what is owed to a household stands on its
 * relief account as a negative number. Accounts without postings, or unknown, have 0. Locks nothing.
 */
export async function readBalances(
  db: Kysely<DB>,
  codes: readonly string[],
): Promise<Map<string, number>> {
  const balances = new Map(codes.map((code) => [code, 0]));
  if (codes.length === 0) return balances;
  const rows = await db
    .selectFrom("ledger_accounts as account")
    .where("account.code", "in", [...codes])
    .select(["account.code", balanceOf(sql.ref("account.id")).as("fen")])
    .execute();
  for (const row of rows) balances.set(row.code, row.fen);
  return balances;
}

export type TrialBalance = {
  accounts: { code: string; kind: string; fen: number }[];
  /** Debits minus credits over everything: 0, or the books do not balance. */
  sumFen: number;
};

/** Every account with its balance, by code; relief accounts included, so for the operator's sums only. */
export async function readTrialBalance(db: Kysely<DB>): Promise<TrialBalance> {
  const accounts = await db
    .selectFrom("ledger_accounts")
    .leftJoin("postings", "postings.account_id", "ledger_accounts.id")
    .groupBy(["ledger_accounts.code", "ledger_accounts.kind"])
    .orderBy("ledger_accounts.code")
    .select([
      "ledger_accounts.code",
      "ledger_accounts.kind",
      sql<number>`coalesce(sum(postings.fen), 0)`.as("fen"),
    ])
    .execute();
  return { accounts, sumFen: accounts.reduce((sum, account) => sum + account.fen, 0) };
}
