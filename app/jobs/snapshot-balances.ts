import { snapshotBalances } from "#app/domain/ledger/snapshot-balances.ts";
import type { Services } from "#app/load-context.ts";

/** Keeps balances quick to read. What cannot be covered yet is left to the next run. */
export async function snapshotBalancesJob({
  db,
  log,
}: Pick<Services, "db" | "log">): Promise<void> {
  const taken = await snapshotBalances(db);
  if (!taken.ok) return log.warn("no balances were kept: a writer stayed open for a minute");
  if (taken.snapshots > 0) log.info({ snapshots: taken.snapshots }, "balances were kept");
}
