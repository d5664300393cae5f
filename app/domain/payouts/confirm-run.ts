import { type Kysely, sql, type Transaction } from "kysely";
import { balanceOf } from "#app/domain/ledger/account-sums.ts";
import { postTransaction } from "#app/domain/ledger/post.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { GOING_BACK } from "./going-back.ts";
import { lockRun } from "./lock-payouts.ts";
import { noteRun } from "./note-run.ts";

export type ConfirmedRun =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "run-not-found" | "run-cancelled" | "same-person" | "balance-fell" };

/**
 * Approves a run, so that its bank file may go out: for every payout one ledger transaction that
 * debits the household's relief account and credits `payout:clearing`. Only somebody else than who
 * prepared it can; the guard has seen that she may deal with money. Approving again changes nothing.
 *
 * Fails with: "run-not-found" (or another cooperative's), "run-cancelled", "same-person" (she
 * prepared it herself), "balance-fell" (a refund since the preparation, posted or under way, leaves
 * some balance below its payout; `evenIfOverdrawn` pays all the same, and the next run nets it).
 *
 * Locks the cooperative's row (see lock-payouts.ts). A refund posted between the check and the
 * commit leaves the account overdrawn, as any refund after a payout does.
 */
export async function confirmRun(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { runId: string; evenIfOverdrawn?: boolean; now?: Date },
): Promise<ConfirmedRun> {
  return db.transaction().execute(async (trx) => {
    const run = await lockRun(trx, scope, input.runId);
    if (!run) return { ok: false, reason: "run-not-found" };
    if (run.status === "cancelled") return { ok: false, reason: "run-cancelled" };
    if (run.status === "confirmed") return { ok: true, isNew: false };
    if (run.prepared_by_user_id === scope.userId) return { ok: false, reason: "same-person" };

    const payouts = await readPayouts(trx, run.id);
    const hasFallen = payouts.some((payout) => payout.balance_fen < payout.fen);
    if (hasFallen && !input.evenIfOverdrawn) return { ok: false, reason: "balance-fell" };

    const now = input.now ?? new Date();
    for (const payout of payouts) await postPayout(trx, payout, now);
    await trx
      .updateTable("payouts")
      .set({ status: "paid" })
      .where("payout_run_id", "=", run.id)
      .execute();
    await trx
      .updateTable("payout_runs")
      .set({ status: "confirmed", confirmed_by_user_id: scope.userId, confirmed_at: now })
      .where("id", "=", run.id)
      .execute();
    await noteRun(trx, scope, {
      action: "payout-run.confirmed",
      subject: "payout-run",
      id: run.id,
      before: { status: "prepared" },
      after: { status: "confirmed", overdrawn: hasFallen },
    });
    return { ok: true, isNew: true };
  });
}

type Payout = { id: string; fen: number; relief_account_id: string; code: string };

/** One ledger transaction a payout: what the bank returns can then be reversed by itself. */
async function postPayout(trx: Transaction<DB>, payout: Payout, occurredAt: Date): Promise<void> {
  const posted = await postTransaction(trx, {
    kind: "payout",
    causeType: "payout",
    causeId: payout.id,
    idempotencyKey: payoutKey(payout.id),
    occurredAt,
    postings: [
      {
        account: `relief:${payout.code}`,
        fen: payout.fen,
        reliefAccountId: payout.relief_account_id,
      },
      { account: "payout:clearing", fen: -payout.fen },
    ],
  });
  if (!posted.ok) throw new Error(`payout ${payout.id} was not posted: ${posted.reason}`);
}

/** The idempotency key of a payout's ledger transaction, by which its reversal finds it. */
export function payoutKey(payoutId: string) {
  return `payout:${payoutId}` as const;
}

async function readPayouts(trx: Transaction<DB>, runId: string) {
  return trx
    .selectFrom("payouts")
    .innerJoin("relief_accounts", "relief_accounts.id", "payouts.relief_account_id")
    .leftJoin(GOING_BACK.as("back"), "back.relief_account_id", "relief_accounts.id")
    .where("payouts.payout_run_id", "=", runId)
    .select([
      "payouts.id",
      "payouts.fen",
      "payouts.relief_account_id",
      "relief_accounts.code",
      sql<number>`-${balanceOf(sql.ref("relief_accounts.ledger_account_id"))} - coalesce(back.fen, 0)`.as(
        "balance_fen",
      ),
    ])
    .orderBy("payouts.id")
    .execute();
}
