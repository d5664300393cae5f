import { splitRefund } from "./split-refund.ts";

/** One account's part in a paid order: what it got and has not given back, in fen above zero. */
export type LeftPart = {
  account: string;
  /** Null for freight, which belongs to no line. */
  orderLineId: string | null;
  reliefAccountId: string | null;
  parcelId: string;
  /** The parcel is with the carrier, or was: its freight is spent. */
  isShipped: boolean;
  /** Of one sale unit of the line; 0 for freight. */
  unitPriceFen: number;
  fen: number;
};

/** What is asked back. `amount` without a line is taken from all lines in proportion. */
export type RefundOf =
  | { kind: "all" }
  | { kind: "line"; orderLineId: string }
  | { kind: "quantity"; orderLineId: string; quantity: number }
  | { kind: "amount"; fen: number; orderLineId?: string }
  | { kind: "freight"; fen: number }
  /** Given back already, by hand at Stripe: produce first, then freight. */
  | { kind: "given"; fen: number };

export type PlannedRefund =
  | { ok: true; fen: number; parts: LeftPart[] }
  | { ok: false; reason: "nothing-left" | "unknown-line" | "not-an-amount" }
  | { ok: false; reason: "more-than-left"; leftFen: number };

const sum = (parts: readonly LeftPart[]) => parts.reduce((total, part) => total + part.fen, 0);
const isProduce = (part: LeftPart) => part.orderLineId !== null;

function take(parts: readonly LeftPart[], fen: number): PlannedRefund {
  if (!Number.isSafeInteger(fen) || fen <= 0) return { ok: false, reason: "not-an-amount" };
  const leftFen = sum(parts);
  if (fen > leftFen) return { ok: false, reason: "more-than-left", leftFen };
  const shares = splitRefund(
    fen,
    parts.map((part) => part.fen),
  );
  const taken = parts.map((part, index) => ({ ...part, fen: shares[index] ?? 0 }));
  return { ok: true, fen, parts: taken.filter((part) => part.fen > 0) };
}

function takeGiven(left: readonly LeftPart[], fen: number): PlannedRefund {
  const produce = left.filter(isProduce);
  const produceFen = sum(produce);
  if (fen <= produceFen) return take(produce, fen);
  const freight = take(
    left.filter((part) => !isProduce(part)),
    fen - produceFen,
  );
  if (!freight.ok) return { ok: false, reason: "more-than-left", leftFen: sum(left) };
  return { ok: true, fen, parts: [...produce, ...freight.parts] };
}

/**
 * Says which account gives back how much. Pure; the rules:
 * - a line gives back in proportion: fee and households alike, each by what it has left of it;
 * - a quantity is worth its price, an amount what it says, and neither more than is left;
 * - freight goes back with everything else (`all`) while the parcel has not been shipped, and
 *   after that only when an amount of freight is named.
 */
export function planRefund(left: readonly LeftPart[], of: RefundOf): PlannedRefund {
  if (of.kind === "given") return takeGiven(left, of.fen);
  if (of.kind === "freight") {
    return take(
      left.filter((part) => !isProduce(part)),
      of.fen,
    );
  }
  if (of.kind === "all") {
    const parts = left.filter((part) => isProduce(part) || !part.isShipped);
    return parts.length > 0
      ? { ok: true, fen: sum(parts), parts }
      : { ok: false, reason: "nothing-left" };
  }
  const { orderLineId } = of;
  const parts = left.filter((part) =>
    orderLineId === undefined ? isProduce(part) : part.orderLineId === orderLineId,
  );
  if (parts.length === 0) {
    return { ok: false, reason: orderLineId === undefined ? "nothing-left" : "unknown-line" };
  }
  if (of.kind === "line") return { ok: true, fen: sum(parts), parts };
  if (of.kind === "amount") return take(parts, of.fen);
  if (!Number.isSafeInteger(of.quantity)) return { ok: false, reason: "not-an-amount" };
  return take(parts, of.quantity * (parts[0]?.unitPriceFen ?? 0));
}
