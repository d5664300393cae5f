import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { queueJob } from "../queue/queue-job.ts";

/**
 * What Stripe refuses for good, somebody may have given back by hand, and what a bank is taken to have
 * given, Stripe may have given all the same: what she has got is looked at (settle-refunds.ts) as
 * soon as it has been let go of, whatever word Stripe had for it, and whether or not its webhook
 * comes. Queued in the caller's transaction.
 */
export async function lookAtStripe(trx: DbTransaction<DB>, paymentId: string): Promise<void> {
  const { charge_id: chargeId } = await trx
    .selectFrom("payments")
    .select("charge_id")
    .where("id", "=", paymentId)
    .executeTakeFirstOrThrow();
  if (chargeId === null) return;
  await queueJob(trx, "settle-refunds", { chargeId }, { key: `settle-refunds:${chargeId}` });
}
