import type { Kysely, Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { dayDigits } from "#app/domain/calendar/day-rule.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { lockPayouts } from "./lock-payouts.ts";
import { noteRun } from "./note-run.ts";
import { ALL_OWED, type OwedRow, type RunTerms, readOwed } from "./owed.ts";
import type { OwedReason } from "./payable-rule.ts";

export type LeftOut = { reliefAccountId: string; fen: number; reason: OwedReason };

export type PreparedRun =
  | { ok: true; runId: string; isNew: boolean }
  | { ok: false; reason: "run-open" | "prepared-before"; runId: string }
  | { ok: false; reason: "nothing-owed"; leftOut: LeftOut[] }
  | { ok: false; reason: "stale-form" };

/**
 * Prepares the payment of what is owed to the households of the scope's cooperative, of sales up to
 * a day and to whom is due no less than a minimum (`terms`; the form has bounded them): one payout
 * for each relief account that is due something, with the bank details of this moment. The ledger
 * does not move before the run is confirmed. The same `clientKey` again, with the same terms, gives
 * the same run, whatever became of it.
 *
 * Fails with: "run-open" (a cooperative has one open run; its id comes back), "nothing-owed",
 * "prepared-before" (the key has prepared this run on other terms), "stale-form" (the key is another
 * cooperative's). Accounts left out come with their reason.
 *
 * Locks the cooperative's row (see lock-payouts.ts), then its households' rows by id, so that no
 * bank details change between what was judged and what is written.
 */
export async function prepareRun(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { clientKey: string; terms?: RunTerms; now?: Date },
): Promise<PreparedRun> {
  return db.transaction().execute(async (trx) => {
    await lockPayouts(trx, scope);
    const known = await trx
      .selectFrom("payout_runs")
      .select(["id", "cooperative_id", "sold_until", "minimum_fen"])
      .where("client_key", "=", input.clientKey)
      .executeTakeFirst();
    if (known && known.cooperative_id !== scope.cooperativeId) {
      return { ok: false, reason: "stale-form" };
    }
    const terms = input.terms ?? ALL_OWED;
    if (known) {
      const { id: runId, sold_until: soldUntil, minimum_fen: minimumFen } = known;
      const isSame = soldUntil === terms.soldUntil && minimumFen === terms.minimumFen;
      return isSame
        ? { ok: true, runId, isNew: false }
        : { ok: false, reason: "prepared-before", runId };
    }
    const open = await trx
      .selectFrom("payout_runs")
      .select("id")
      .where("cooperative_id", "=", scope.cooperativeId)
      .where("status", "=", "prepared")
      .executeTakeFirst();
    if (open) return { ok: false, reason: "run-open", runId: open.id };

    const banks = await lockBankDetails(trx, scope);
    const owed = await readOwed(trx, scope, terms);
    const paid = owed.filter((row) => row.payableFen > 0);
    const leftOut = owed.filter(isLeftOut).map((row) => ({
      reliefAccountId: row.reliefAccountId,
      fen: leftFen(row),
      reason: row.reason,
    }));
    if (paid.length === 0) return { ok: false, reason: "nothing-owed", leftOut };
    const runId = await writeRun(trx, scope, { ...input, terms, paid, banks });
    const total = paid.reduce((sum, row) => sum + row.payableFen, 0);
    // Whose a household is may change; that it was paid as this cooperative's stays written.
    const paidTo = paid.map(({ reliefAccountId, payableFen: fen }) => ({ reliefAccountId, fen }));
    const { cooperativeId } = scope;
    const after = { totalFen: total, payoutCount: paid.length, terms, paid: paidTo, leftOut };
    await noteRun(trx, scope, {
      action: "payout-run.prepared",
      subject: "payout-run",
      id: runId,
      after: { ...after, cooperativeId },
    });
    return { ok: true, runId, isNew: true };
  });
}

/** What is not paid for this reason: it stays owed. */
function leftFen({ reason, dueFen, laterFen, balanceFen }: OwedRow): number {
  if (reason === "no-bank-details" || reason === "below-minimum") return dueFen;
  return reason === "sold-later" ? laterFen : balanceFen;
}

function isLeftOut(row: OwedRow): boolean {
  return row.payableFen === 0 && row.reason !== "nothing" && row.reason !== "in-run";
}

async function lockBankDetails(trx: Transaction<DB>, scope: CoopScope) {
  const rows = await trx
    .selectFrom("households")
    .select(["id", "bank_account_name", "bank_account_number", "bank_name"])
    .where("cooperative_id", "=", scope.cooperativeId)
    .orderBy("id")
    .forShare()
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** "JS20261122-4F7A1C": the day in Shanghai and random digits; nothing can be read off it. */
export function runNumber(runId: string, now: Date): string {
  return `JS${dayDigits(now)}-${runId.slice(-6).toUpperCase()}`;
}

async function writeRun(
  trx: Transaction<DB>,
  scope: CoopScope,
  run: {
    clientKey: string;
    now?: Date;
    terms: RunTerms;
    paid: OwedRow[];
    banks: Awaited<ReturnType<typeof lockBankDetails>>;
  },
): Promise<string> {
  const runId = uuidv7();
  const now = run.now ?? new Date();
  await trx
    .insertInto("payout_runs")
    .values({
      id: runId,
      number: runNumber(runId, now),
      cooperative_id: scope.cooperativeId,
      client_key: run.clientKey,
      total_fen: run.paid.reduce((sum, row) => sum + row.payableFen, 0),
      payout_count: run.paid.length,
      prepared_by_user_id: scope.userId,
      prepared_at: now,
      sold_until: run.terms.soldUntil,
      minimum_fen: run.terms.minimumFen,
    })
    .execute();
  const payouts = run.paid.map((row) => {
    const bank = run.banks.get(row.householdId);
    return {
      id: uuidv7(),
      payout_run_id: runId,
      household_id: row.householdId,
      relief_account_id: row.reliefAccountId,
      fen: row.payableFen,
      bank_account_name: bank?.bank_account_name ?? "",
      bank_account_number: bank?.bank_account_number ?? "",
      bank_name: bank?.bank_name ?? "",
    };
  });
  // PostgreSQL takes at most 65,535 parameters a statement.
  for (let start = 0; start < payouts.length; start += 5_000) {
    await trx
      .insertInto("payouts")
      .values(payouts.slice(start, start + 5_000))
      .execute();
  }
  return runId;
}
