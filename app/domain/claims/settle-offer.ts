import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { closeClaim } from "./escalate-claim.ts";
import type { LockedClaim } from "./lock-claim.ts";
import { readClaimLeft, type Settled, settleClaim } from "./settle-claim.ts";
import type { ClaimStep } from "./write-claim-step.ts";

/**
 * Gives the buyer what was offered to her, or what is left of it where more was given back since; the
 * claim ends without money where nothing is. Fails as settleClaim does. The caller holds the order's
 * row and the claim's, which is `offered`.
 */
export async function settleOffer(
  trx: DbTransaction<DB>,
  claim: LockedClaim,
  by: Pick<ClaimStep, "by" | "userId" | "now"> & { kind: "take" | "lapse" },
): Promise<Settled> {
  const { grantedFen, fault, reason: note } = claim;
  if (grantedFen === null || fault === null) throw new Error(`claim ${claim.id} offers nothing`);
  const fen = Math.min(grantedFen, await readClaimLeft(trx, claim));
  if (fen > 0) return settleClaim(trx, claim, { ...by, fen, fault, note });
  await closeClaim(trx, claim, { ...by, note: "" });
  return { ok: true };
}
