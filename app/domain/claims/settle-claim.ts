import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { LeftPart } from "../payments/plan-refund.ts";
import { readLeft, readRefundable } from "../payments/read-left.ts";
import { requestOrderRefund } from "../payments/request-order-refund.ts";
import type { Fault } from "./claim-rules.ts";
import { nextClaimState } from "./claim-states.ts";
import { compensateFarm } from "./compensate-farm.ts";
import type { LockedClaim } from "./lock-claim.ts";
import { splitClaim } from "./split-claim.ts";
import { type ClaimStep, writeClaimStep } from "./write-claim-step.ts";

export type Settled =
  | { ok: true }
  | { ok: false; reason: "not-paid" | "payment-made-up" | "payment-disputed" }
  | { ok: false; reason: "more-than-left"; leftFen: number };

/** What of a claim's lines is still there to be given back, in fen: of each no more than was asked. */
export async function readClaimLeft(trx: DbTransaction<DB>, claim: LockedClaim): Promise<number> {
  const left = await readLeft(trx, claim.orderId, claim.parcelId);
  const ofLine = (id: string) => sum(left.filter(({ orderLineId }) => orderLineId === id));
  const there = claim.lines.reduce(
    (total, line) => total + Math.min(line.askedFen, ofLine(line.orderLineId)),
    0,
  );
  return Math.min(there, await readRefundable(trx, claim.orderId));
}

const sum = (parts: readonly LeftPart[]) => parts.reduce((total, { fen }) => total + fen, 0);

/**
 * Gives a claim its money: one refund of the order, by the market's own rules and job, of as much of
 * each line as was asked of it; and where the farm is not at fault, what the cooperative bears for it
 * (compensate-farm.ts). All of it in the caller's transaction.
 *
 * `fen` is whole, and no more than was asked. Fails, writing nothing, with "not-paid",
 * "payment-made-up", "payment-disputed" (a bank decides first) or "more-than-left" (with what there
 * is: something else was given back since). The caller holds the order's row and the claim's, and
 * has made sure that the event may happen.
 */
export async function settleClaim(
  trx: DbTransaction<DB>,
  claim: LockedClaim,
  as: Pick<ClaimStep, "by" | "userId" | "now"> & {
    kind: "settle-at-once" | "accept" | "take" | "lapse" | "grant";
    fen: number;
    fault: Fault;
    note: string;
  },
): Promise<Settled> {
  const { kind, fen, fault, note, now, userId } = as;
  const to = nextClaimState(claim.state, kind);
  if (!to.ok || to.state !== "settled") throw new Error(`claim ${claim.id} cannot be settled`);
  const leftFen = await readClaimLeft(trx, claim);
  if (fen > leftFen) return { ok: false, reason: "more-than-left", leftFen };
  const asked = await requestOrderRefund(trx, {
    ...{ orderId: claim.orderId, parcelId: claim.parcelId, reason: "goods", note, userId },
    of: { kind: "items", items: await itemsOf(trx, claim, fen), freightFen: 0 },
    key: `claim:${claim.id}`,
  });
  if (!asked.ok) return refusalOf(asked);
  if (fault !== "farm") await compensateFarm(trx, { ...claim, refundId: asked.refundId }, now);
  await trx
    .updateTable("claims")
    .set({ state: "settled", granted_fen: fen, fault, reason: note, due_at: null })
    .set({ refund_id: asked.refundId, updated_at: now })
    .where("id", "=", claim.id)
    .execute();
  const step = { claimId: claim.id, from: claim.state, to: to.state, kind, fen, fault, note };
  await writeClaimStep(trx, { ...step, by: as.by, userId, now });
  return { ok: true };
}

/** By what was asked of each line, but of no line more than it has left. */
async function itemsOf(trx: DbTransaction<DB>, claim: LockedClaim, fen: number) {
  const left = await readLeft(trx, claim.orderId, claim.parcelId);
  const lines = claim.lines.flatMap(({ orderLineId, askedFen }) => {
    const there = sum(left.filter((part) => part.orderLineId === orderLineId));
    return there > 0 ? [{ orderLineId, askedFen: Math.min(askedFen, there) }] : [];
  });
  return splitClaim(fen, lines);
}

/** What of a settled claim's own refund may be refused for; all else would be a bug. */
function refusalOf(
  refused: Extract<Awaited<ReturnType<typeof requestOrderRefund>>, { ok: false }>,
): Extract<Settled, { ok: false }> {
  if (refused.reason === "more-than-left") {
    return { ok: false, reason: refused.reason, leftFen: refused.leftFen };
  }
  if (refused.reason === "nothing-left" || refused.reason === "unknown-line") {
    return { ok: false, reason: "more-than-left", leftFen: 0 };
  }
  if (refused.reason === "not-an-amount" || refused.reason === "plan-changed") {
    throw new Error(`a claim's refund is ${refused.reason}`);
  }
  return { ok: false, reason: refused.reason };
}
