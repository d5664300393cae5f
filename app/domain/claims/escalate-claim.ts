import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { LockedClaim } from "./lock-claim.ts";
import { type ClaimStep, writeClaimStep } from "./write-claim-step.ts";

/**
 * Hands a claim to the operator; what was offered until then stands in its timeline, and binds nobody.
 * The caller holds the claim's row and has made sure that it may be.
 */
export async function escalateTo(
  trx: DbTransaction<DB>,
  claim: LockedClaim,
  by: Pick<ClaimStep, "by" | "userId" | "now" | "kind" | "note">,
): Promise<void> {
  await trx
    .updateTable("claims")
    .set({ state: "escalated", granted_fen: null, fault: null, due_at: null, updated_at: by.now })
    .where("id", "=", claim.id)
    .execute();
  await writeClaimStep(trx, { ...by, claimId: claim.id, from: claim.state, to: "escalated" });
}

/** Ends a claim without money. The same. */
export async function closeClaim(
  trx: DbTransaction<DB>,
  claim: LockedClaim,
  by: Pick<ClaimStep, "by" | "userId" | "now" | "kind" | "note">,
): Promise<void> {
  await trx
    .updateTable("claims")
    .set({ state: "closed", granted_fen: null, fault: null, due_at: null, updated_at: by.now })
    .set(by.note ? { reason: by.note } : {})
    .where("id", "=", claim.id)
    .execute();
  await writeClaimStep(trx, { ...by, claimId: claim.id, from: claim.state, to: "closed" });
}
