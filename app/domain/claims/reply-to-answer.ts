import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { BuyerScope } from "../scopes.ts";
import { type ClaimRefusal, nextClaimState } from "./claim-states.ts";
import { escalateTo } from "./escalate-claim.ts";
import { lockClaim } from "./lock-claim.ts";
import type { Settled } from "./settle-claim.ts";
import { settleOffer } from "./settle-offer.ts";

export type RepliedClaim =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "claim-not-found" | ClaimRefusal }
  | Extract<Settled, { ok: false }>;

/**
 * The buyer's reply to what the cooperative answered: she takes what it offers, and gets it, or has
 * the operator decide, also where it refused. The same reply again is answered ok (`isNew: false`).
 * `words` are what the operator reads.
 *
 * Fails with "claim-not-found" (also another buyer's), "not-answered-yet", "nothing-offered",
 * "with-operator", "claim-over", or as settleClaim does. Locks the order's row, then the claim's.
 */
export async function replyToAnswer(
  db: Kysely<DB>,
  buyer: BuyerScope,
  reply: { number: string; claimId: string; kind: "take" | "escalate"; words?: string; now?: Date },
): Promise<RepliedClaim> {
  const { number, claimId, kind, words = "", now = new Date() } = reply;
  return db.transaction().execute(async (trx): Promise<RepliedClaim> => {
    const claim = await lockClaim(trx, { buyer, number }, claimId);
    if (!claim) return { ok: false, reason: "claim-not-found" };
    const next = nextClaimState(claim.state, kind);
    if (!next.ok) return next;
    if (!next.isNew) return { ok: true, isNew: false };
    const by = { by: "buyer", userId: buyer.userId, now } as const;
    if (kind === "take") {
      const settled = await settleOffer(trx, claim, { ...by, kind });
      return settled.ok ? { ok: true, isNew: true } : settled;
    }
    await escalateTo(trx, claim, { ...by, kind, note: words.slice(0, 500) });
    return { ok: true, isNew: true };
  });
}
