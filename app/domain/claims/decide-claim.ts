import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { LONGEST_REASON } from "../parcels/reason-rule.ts";
import type { OperatorScope } from "../scopes.ts";
import type { Fault } from "./claim-rules.ts";
import { type ClaimRefusal, nextClaimState } from "./claim-states.ts";
import { closeClaim } from "./escalate-claim.ts";
import { lockClaim } from "./lock-claim.ts";
import { type Settled, settleClaim } from "./settle-claim.ts";
import { tellClaim } from "./tell-claim.ts";

export type ClaimDecision =
  | { kind: "grant"; fen: number; fault: Fault; reason: string }
  | { kind: "dismiss"; reason: string };

export type DecidedClaim =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "claim-not-found" | "not-an-amount" | "no-reason" | ClaimRefusal }
  | Extract<Settled, { ok: false }>;

/**
 * The operator's decision of a claim that escalated, for good: an amount in whole fen, no more than
 * was asked, and whose fault it was; or nothing. `reason` is what the buyer reads, cut at 60
 * characters. The same decision again is answered ok (`isNew: false`).
 *
 * Fails, writing nothing, with "claim-not-found" (also one that never escalated), "no-reason",
 * "not-an-amount", "already-answered" (decided otherwise), "claim-over", or as settleClaim does.
 * Locks the order's row, then the claim's.
 */
export async function decideClaim(
  db: Kysely<DB>,
  operator: OperatorScope,
  { claimId, decision, now = new Date() }: { claimId: string; decision: ClaimDecision; now?: Date },
): Promise<DecidedClaim> {
  const note = decision.reason.slice(0, LONGEST_REASON);
  return db.transaction().execute(async (trx): Promise<DecidedClaim> => {
    const claim = await lockClaim(trx, { operator }, claimId);
    if (!claim) return { ok: false, reason: "claim-not-found" };
    const next = nextClaimState(claim.state, decision.kind);
    if (!next.ok) return next;
    if (!next.isNew) {
      const isSame =
        claim.reason === note &&
        (decision.kind === "dismiss" ||
          (claim.grantedFen === decision.fen && claim.fault === decision.fault));
      return isSame ? { ok: true, isNew: false } : { ok: false, reason: "already-answered" };
    }
    if (note === "") return { ok: false, reason: "no-reason" };
    const by = { by: "operator", userId: operator.userId, now } as const;
    if (decision.kind === "dismiss") {
      await closeClaim(trx, claim, { ...by, kind: "dismiss", note });
      await tellClaim(trx, claim, { template: "claim.dismissed", note });
      return { ok: true, isNew: true };
    }
    const { fen, fault } = decision;
    const isAmount = Number.isSafeInteger(fen) && fen > 0 && fen <= claim.askedFen;
    if (!isAmount) return { ok: false, reason: "not-an-amount" };
    const settled = await settleClaim(trx, claim, { ...by, kind: "grant", fen, fault, note });
    return settled.ok ? { ok: true, isNew: true } : settled;
  });
}
