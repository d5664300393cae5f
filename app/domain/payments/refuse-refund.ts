import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { nextTryAt } from "./refusal-rule.ts";

/**
 * Keeps that Stripe has refused a refund for now: it stays `requested`, with Stripe's word for the
 * operator, and the sweeper asks again later. `refusals` is what the try went out with: of two
 * tries at once one counts, or the next key would be used while this one is under way. Locks the
 * refund's row.
 */
export async function refuseRefund(
  db: Kysely<DB>,
  refund: { id: string; refusals: number },
  code: string,
  now: Date,
): Promise<void> {
  const refusals = refund.refusals + 1;
  await db
    .updateTable("refunds")
    .set({
      refusals,
      failure: code,
      asking_at: null,
      try_again_at: nextTryAt(refusals, now),
      updated_at: now,
    })
    .where("id", "=", refund.id)
    .where("refusals", "=", refund.refusals)
    .where("status", "=", "requested")
    .where("stripe_refund_id", "is", null)
    .execute();
}
