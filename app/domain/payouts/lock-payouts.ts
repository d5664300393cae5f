import type { Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/**
 * Locks the payouts of the scope's cooperative until the transaction ends, by its row.
 *
 * Preparing, confirming, cancelling and bouncing all begin here: the cooperative's managers take
 * turns, and nobody reads what is owed while another is changing what stands in a run. Sales and
 * refunds do not wait for it; what they post meanwhile is netted by the next run.
 */
export async function lockPayouts(trx: Transaction<DB>, scope: CoopScope): Promise<void> {
  await trx
    .selectFrom("cooperatives")
    .select("id")
    .where("id", "=", scope.cooperativeId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

/** Locks the scope's payouts and reads one run of them; null when it is unknown or another's. */
export async function lockRun(trx: Transaction<DB>, scope: CoopScope, runId: string) {
  if (!isUuid(runId)) return null;
  await lockPayouts(trx, scope);
  const run = await trx
    .selectFrom("payout_runs")
    .select(["id", "status", "prepared_by_user_id"])
    .where("id", "=", runId)
    .where("cooperative_id", "=", scope.cooperativeId)
    .executeTakeFirst();
  return run ?? null;
}
