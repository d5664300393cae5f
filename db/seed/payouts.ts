import { sql, type Transaction } from "kysely";
import { postTransaction } from "#app/domain/ledger/post.ts";
import { payoutKey } from "#app/domain/payouts/confirm-run.ts";
import { runNumber } from "#app/domain/payouts/prepare-run.ts";
import type { DB } from "#db/schema.d.ts";
import { demoPeople, demoUserId } from "./demo-people.ts";
import { insertRows } from "./insert-rows.ts";
import type { SeedCooperative } from "./people.ts";
import type { Random } from "./random.ts";

type Balance = { code: string; reliefAccountId: string; householdId: string; fen: number };

/** What the ledger owes the cooperative's households at this point of the seed's history. */
async function balances(trx: Transaction<DB>, cooperativeId: string): Promise<Balance[]> {
  const { rows } = await sql<Balance>`
    select r.code, r.id as "reliefAccountId", h.id as "householdId", -sum(p.fen) as fen
    from relief_accounts r
    join households h on h.id = r.household_id
    join postings p on p.account_id = r.ledger_account_id
    where h.cooperative_id = ${cooperativeId}
    group by r.id, h.id having sum(p.fen) < 0 order by r.code`.execute(trx);
  return rows;
}

/** The cooperative's demo person of this role; some cooperatives have none. */
function userOf(role: "bookkeeper" | "manager", slug: string): string {
  const person = demoPeople.find((each) => each.role === role && each.cooperative === slug);
  return person ? demoUserId(person) : `seed-${role}`;
}

/** One confirmed payout run a cooperative, over all that was owed until `at`. */
export async function seedPayouts(
  trx: Transaction<DB>,
  random: Random,
  cooperatives: readonly SeedCooperative[],
  at: Date,
): Promise<void> {
  for (const cooperative of cooperatives) {
    const owed = await balances(trx, cooperative.id);
    if (owed.length === 0) continue;
    const runId = random.uuid(at);
    await insertRows(trx, "payout_runs", [
      {
        id: runId,
        number: runNumber(runId, at),
        cooperative_id: cooperative.id,
        status: "confirmed",
        client_key: `seed-${runId}`,
        total_fen: owed.reduce((sum, { fen }) => sum + fen, 0),
        payout_count: owed.length,
        prepared_by_user_id: userOf("bookkeeper", cooperative.slug),
        confirmed_by_user_id: userOf("manager", cooperative.slug),
        prepared_at: at,
        confirmed_at: at,
      },
    ]);
    for (const { code, reliefAccountId, householdId, fen } of owed) {
      const id = random.uuid(at);
      await sql`insert into payouts (id, payout_run_id, household_id, relief_account_id, fen, status,
          bank_account_name, bank_account_number, bank_name)
        select ${id}, ${runId}, id, ${reliefAccountId}, ${fen}, 'paid',
          bank_account_name, bank_account_number, bank_name
        from households where id = ${householdId}`.execute(trx);
      await postTransaction(trx, {
        kind: "payout",
        causeType: "payout",
        causeId: id,
        idempotencyKey: payoutKey(id),
        occurredAt: at,
        postings: [
          { account: `relief:${code}`, fen, reliefAccountId },
          { account: "payout:clearing", fen: -fen },
        ],
      });
    }
  }
}
