import type { Transaction as DbTransaction, Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { LONGEST_REASON } from "../parcels/reason-rule.ts";
import type { CoopScope } from "../scopes.ts";
import { ANSWER_STANDS_HOURS, type Fault, hoursAfter } from "./claim-rules.ts";
import { type ClaimRefusal, nextClaimState } from "./claim-states.ts";
import { type LockedClaim, lockClaim } from "./lock-claim.ts";
import { readClaimLeft, type Settled, settleClaim } from "./settle-claim.ts";
import { tellClaim } from "./tell-claim.ts";
import { writeClaimStep } from "./write-claim-step.ts";

/** All that was asked, less of it (in whole fen), or nothing; what is given has a fault. */
export type ClaimAnswer =
  | { kind: "accept"; fault: Fault; reason: string }
  | { kind: "offer"; fen: number; fault: Fault; reason: string }
  | { kind: "refuse"; reason: string };

export type AnsweredClaim =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "claim-not-found" | "not-less" | "no-reason" | ClaimRefusal }
  | Extract<Settled, { ok: false }>;

/** The same answer, sent again after it took effect. */
function isSame(claim: LockedClaim, answer: ClaimAnswer): boolean {
  if (claim.reason !== answer.reason) return false;
  if (answer.kind === "refuse") return true;
  const fen = answer.kind === "offer" ? answer.fen : claim.askedFen;
  return claim.fault === answer.fault && claim.grantedFen === fen;
}

/**
 * The cooperative's answer to a claim of one of its parcels, within its 24 hours: all of it
 * is given back at once; less is offered, or nothing, and the buyer has 72 hours to say no to that.
 * The very same answer again is answered ok (`isNew: false`). `reason` is what the buyer reads, cut
 * at 60 characters; without one only all of it can be given.
 *
 * Fails, writing nothing, with "claim-not-found" (also another cooperative's), "no-reason",
 * "not-less" (an offer of nothing, or of all that was asked or more), "already-answered" (otherwise
 * than this), "with-operator" (it came too late), "claim-over", or as settleClaim does. Locks the
 * order's row, then the claim's.
 */
export async function answerClaim(
  db: Kysely<DB>,
  scope: CoopScope,
  { claimId, answer: said, now = new Date() }: { claimId: string; answer: ClaimAnswer; now?: Date },
): Promise<AnsweredClaim> {
  const answer = { ...said, reason: said.reason.slice(0, LONGEST_REASON) };
  return db.transaction().execute(async (trx): Promise<AnsweredClaim> => {
    const claim = await lockClaim(trx, { coop: scope }, claimId);
    if (!claim) return { ok: false, reason: "claim-not-found" };
    const next = nextClaimState(claim.state, answer.kind);
    if (!next.ok) return next;
    if (!next.isNew) {
      return isSame(claim, answer)
        ? { ok: true, isNew: false }
        : { ok: false, reason: "already-answered" };
    }
    if (answer.reason === "" && answer.kind !== "accept") return { ok: false, reason: "no-reason" };
    const by = { by: "cooperative", userId: scope.userId, now } as const;
    if (answer.kind === "accept") {
      const { fault, reason: note } = answer;
      const as = { ...by, kind: "accept", fen: claim.askedFen, fault, note } as const;
      const settled = await settleClaim(trx, claim, as);
      return settled.ok ? { ok: true, isNew: true } : settled;
    }
    return answerLess(trx, claim, answer, by);
  });
}

async function answerLess(
  trx: DbTransaction<DB>,
  claim: LockedClaim,
  answer: Exclude<ClaimAnswer, { kind: "accept" }>,
  by: { by: "cooperative"; userId: string; now: Date },
): Promise<AnsweredClaim> {
  const { reason } = answer;
  const offer = answer.kind === "offer" ? answer : null;
  if (offer) {
    const isLess = Number.isSafeInteger(offer.fen) && offer.fen > 0 && offer.fen < claim.askedFen;
    if (!isLess) return { ok: false, reason: "not-less" };
    const leftFen = await readClaimLeft(trx, claim);
    if (offer.fen > leftFen) return { ok: false, reason: "more-than-left", leftFen };
  }
  const to = offer ? "offered" : "refused";
  await trx
    .updateTable("claims")
    .set({ state: to, granted_fen: offer?.fen ?? null, fault: offer?.fault ?? null, reason })
    .set({ due_at: hoursAfter(by.now, ANSWER_STANDS_HOURS), updated_at: by.now })
    .where("id", "=", claim.id)
    .execute();
  await writeClaimStep(trx, {
    ...{ ...by, claimId: claim.id, kind: answer.kind, from: claim.state, to, note: reason },
    ...{ fen: offer?.fen, fault: offer?.fault },
  });
  await tellClaim(
    trx,
    claim,
    offer
      ? { template: "claim.offered", fen: offer.fen, note: reason }
      : { template: "claim.refused", note: reason },
  );
  return { ok: true, isNew: true };
}
