import { isWholeDue, reconcile } from "#app/domain/reconcile/reconcile.ts";
import type { Services } from "#app/load-context.ts";

/**
 * The nightly reconciliation with Stripe, once a week of everything; what differs stands on the operator's page until a later
 * run finds it gone. Throws, to be tried again, when Stripe is away.
 */
export async function reconcileJob({
  db,
  payments,
  log,
}: Pick<Services, "db" | "payments" | "log">): Promise<void> {
  const reconciled = await reconcile(db, payments, { all: await isWholeDue(db) });
  if (!reconciled.ok) throw new Error("Stripe cannot be asked for its balance");
  const { ok: _ok, ...found } = reconciled;
  if (found.differenceCount === 0) return log.info(found, "the ledger agrees with Stripe");
  log.error(found, "the ledger and Stripe differ: see /operations/reconciliation");
}
