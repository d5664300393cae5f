import type { Kysely, Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import { postTransaction } from "#app/domain/ledger/post.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { BackReason, BounceReason } from "./bounce-reasons.ts";
import { payoutKey } from "./confirm-run.ts";
import { lockRun } from "./lock-payouts.ts";
import { noteRun } from "./note-run.ts";

export type BouncedPayout =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "payout-not-found" | "not-paid" }
  | { ok: false; reason: "bounced-otherwise"; bounceReason: BackReason };

/**
 * Records that the bank returned a payout: the opposite of its ledger transaction is posted, so
 * exactly that amount is owed to the household again and stands in the next run. Recording it
 * again for the same reason changes nothing.
 *
 * Fails with "payout-not-found" (unknown, of another run or cooperative), "not-paid" (the run is
 * not confirmed) and "bounced-otherwise" (recorded already for another reason, which stands and
 * comes back). Locks the cooperative's row (see lock-payouts.ts).
 */
export async function bouncePayout(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { runId: string; payoutId: string; reason: BounceReason; now?: Date },
): Promise<BouncedPayout> {
  if (!isUuid(input.payoutId)) return { ok: false, reason: "payout-not-found" };
  return db.transaction().execute((trx) => bounceWithin(trx, scope, input));
}

/** The same in a transaction of the caller's: one file of a bank's answers is taken whole. */
export async function bounceWithin(
  trx: Transaction<DB>,
  scope: CoopScope,
  input: { runId: string; payoutId: string; reason: BackReason; now?: Date },
): Promise<BouncedPayout> {
  const run = await lockRun(trx, scope, input.runId);
  const payout =
    run &&
    (await trx
      .selectFrom("payouts")
      .innerJoin("relief_accounts", "relief_accounts.id", "payouts.relief_account_id")
      .where("payouts.id", "=", input.payoutId)
      .where("payouts.payout_run_id", "=", run.id)
      .select([
        "payouts.id",
        "payouts.fen",
        "payouts.status",
        "payouts.bounce_reason",
        "payouts.relief_account_id",
        "relief_accounts.code",
      ])
      .executeTakeFirst());
  if (!payout) return { ok: false, reason: "payout-not-found" };
  if (payout.status === "bounced") {
    // Only this function writes the column.
    const bounceReason = payout.bounce_reason as BackReason;
    return bounceReason === input.reason
      ? { ok: true, isNew: false }
      : { ok: false, reason: "bounced-otherwise", bounceReason };
  }
  if (payout.status !== "paid") return { ok: false, reason: "not-paid" };

  const paid = await trx
    .selectFrom("ledger_transactions")
    .select("id")
    .where("idempotency_key", "=", payoutKey(payout.id))
    .executeTakeFirstOrThrow();
  const reliefAccountId = payout.relief_account_id;
  const posted = await postTransaction(trx, {
    kind: "payout-bounce",
    causeType: "payout",
    causeId: payout.id,
    reversesId: paid.id,
    idempotencyKey: `payout-bounce:${payout.id}`,
    occurredAt: input.now ?? new Date(),
    postings: [
      { account: `relief:${payout.code}`, fen: -payout.fen, reliefAccountId },
      { account: "payout:clearing", fen: payout.fen },
    ],
  });
  if (!posted.ok) throw new Error(`the return of ${payout.id} was not posted: ${posted.reason}`);
  await trx
    .updateTable("payouts")
    .set({ status: "bounced", bounce_reason: input.reason })
    .where("id", "=", payout.id)
    .execute();
  await noteRun(trx, scope, {
    action: "payout.bounced",
    subject: "payout",
    id: payout.id,
    before: { status: "paid" },
    after: { status: "bounced", reason: input.reason },
  });
  return { ok: true, isNew: true };
}
