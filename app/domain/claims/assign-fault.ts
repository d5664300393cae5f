import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { CoopScope } from "../scopes.ts";
import type { Fault } from "./claim-rules.ts";
import { compensateFarm } from "./compensate-farm.ts";
import { lockClaim } from "./lock-claim.ts";
import { writeClaimStep } from "./write-claim-step.ts";

export type AssignedFault =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "claim-not-found" | "not-settled" | "already-assigned" };

/**
 * Takes the fault of a settled claim from the farm, for good: the cooperative says that it was its
 * own or the carrier's, and bears what the households gave back (compensate-farm.ts). So it does with what the rule
 * settled at once, when nobody had looked yet. Never the other way round: what a household was given
 * is hers. The same again is answered ok (`isNew: false`).
 *
 * Fails with "claim-not-found" (also another cooperative's), "not-settled" or "already-assigned" (to
 * the other). Locks the order's row, then the claim's.
 */
export async function assignFault(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { claimId: string; fault: Exclude<Fault, "farm">; now?: Date },
): Promise<AssignedFault> {
  const { claimId, fault, now = new Date() } = input;
  return db.transaction().execute(async (trx): Promise<AssignedFault> => {
    const claim = await lockClaim(trx, { coop: scope }, claimId);
    if (!claim) return { ok: false, reason: "claim-not-found" };
    if (claim.state !== "settled") return { ok: false, reason: "not-settled" };
    if (claim.fault === fault) return { ok: true, isNew: false };
    if (claim.fault !== "farm") return { ok: false, reason: "already-assigned" };
    const { refund_id: refundId } = await trx
      .updateTable("claims")
      .set({ fault, updated_at: now })
      .where("id", "=", claim.id)
      .returning("refund_id")
      .executeTakeFirstOrThrow();
    if (!refundId) throw new Error(`claim ${claim.id} was settled by no refund`);
    await compensateFarm(trx, { ...claim, refundId }, now);
    const { state } = claim;
    await writeClaimStep(trx, {
      ...{ claimId: claim.id, kind: "assign", by: "cooperative", userId: scope.userId },
      ...{ from: state, to: state, fen: claim.grantedFen, fault, now },
    });
    return { ok: true, isNew: true };
  });
}
