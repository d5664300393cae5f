import { isOwed, owedInTurn, takeInTurn } from "./take-owed.ts";

/** One account's part in a paid order: what it got and has not given back, in fen above zero. */
export type LeftPart = {
  account: string;
  /** Null for freight, which belongs to no line. */
  orderLineId: string | null;
  reliefAccountId: string | null;
  parcelId: string;
  /** Of what is kept for the buyer: the failed refund that had promised it; null where none had. */
  promisedBy: string | null;
  /** The parcel is with the carrier, or was: its freight is spent. */
  isShipped: boolean;
  /** Of one sale unit of the line; 0 for freight. */
  unitPriceFen: number;
  fen: number;
  /** Was not owed yet when what is given was: that takes it last (set-apart.ts). */
  isLast?: boolean;
};

/** Of one line: some of its units, or an amount. */
export type RefundItem =
  | { orderLineId: string; quantity: number }
  | { orderLineId: string; fen: number };

/** What is asked back. `amount` without a line is taken from all lines in proportion. */
export type RefundOf =
  | { kind: "all" }
  /** Several lines at once, each once, and an amount of freight (0: none). */
  | { kind: "items"; items: readonly RefundItem[]; freightFen: number }
  | { kind: "line"; orderLineId: string }
  | { kind: "quantity"; orderLineId: string; quantity: number }
  | { kind: "amount"; fen: number; orderLineId?: string }
  | { kind: "freight"; fen: number }
  /** Given back already, by hand at Stripe: what was owed first (take-owed.ts), then produce, then freight. */
  | { kind: "given"; fen: number }
  /** Out of what is kept for the buyer (see owe-buyer.ts). */
  | { kind: "owed"; fen: number }
  /** All that no refund has promised: what failed is kept for her (owe-promise.ts), and stays so. */
  | { kind: "unpromised" }
  /** What this refund had promised and did not bring. */
  | { kind: "promised"; by: string };

export type PlannedRefund =
  | { ok: true; fen: number; parts: LeftPart[] }
  | { ok: false; reason: "nothing-left" | "unknown-line" | "not-an-amount"; item?: number }
  /** `item`: which of several is at fault; none is when it is the freight. */
  | { ok: false; reason: "more-than-left"; leftFen: number; item?: number };

const sum = (parts: readonly LeftPart[]) => parts.reduce((total, part) => total + part.fen, 0);
const isProduce = (part: LeftPart) => part.orderLineId !== null;

/** As far as the first group goes, then the next. */
function takeFrom(groups: readonly (readonly LeftPart[])[], fen: number): PlannedRefund {
  if (!Number.isSafeInteger(fen) || fen <= 0) return { ok: false, reason: "not-an-amount" };
  const leftFen = sum(groups.flat());
  if (fen > leftFen) return { ok: false, reason: "more-than-left", leftFen };
  return { ok: true, fen, parts: takeInTurn(groups, fen) };
}

/**
 * A promise of its own: what was promised before and did not arrive is owed still, and only what
 * nothing else is left for is given in its stead.
 */
function take(parts: readonly LeftPart[], fen: number): PlannedRefund {
  const free = parts.filter((part) => !isOwed(part));
  return takeFrom([free, ...owedInTurn(parts, fen - sum(free))], fen);
}

function takeFreight(left: readonly LeftPart[], fen: number): PlannedRefund {
  return take(
    left.filter((part) => !isProduce(part)),
    fen,
  );
}

function takeGiven(left: readonly LeftPart[], fen: number): PlannedRefund {
  const earned = left.filter((part) => !isOwed(part));
  const [before, last] = [left.filter((part) => !part.isLast), left.filter((part) => part.isLast)];
  const lastFen = fen - sum(before);
  const [produce, freight] = [earned.filter(isProduce), earned.filter((part) => !isProduce(part))];
  const inTurn = [...owedInTurn(before, fen), produce, freight, ...owedInTurn(last, lastFen)];
  return takeFrom(inTurn, fen);
}

function takeAll(left: readonly LeftPart[]): PlannedRefund {
  return whole(left.filter((part) => isProduce(part) || !part.isShipped));
}

function whole(parts: LeftPart[]): PlannedRefund {
  return parts.length > 0
    ? { ok: true, fen: sum(parts), parts }
    : { ok: false, reason: "nothing-left" };
}

function takeItem(left: readonly LeftPart[], item: RefundItem): PlannedRefund {
  const parts = left.filter((part) => part.orderLineId === item.orderLineId);
  if (parts.length === 0) return { ok: false, reason: "unknown-line" };
  if ("fen" in item) return take(parts, item.fen);
  if (!Number.isSafeInteger(item.quantity)) return { ok: false, reason: "not-an-amount" };
  return take(parts, item.quantity * (parts[0]?.unitPriceFen ?? 0));
}

function takeItems(
  left: readonly LeftPart[],
  { items, freightFen }: Extract<RefundOf, { kind: "items" }>,
): PlannedRefund {
  if (new Set(items.map((item) => item.orderLineId)).size < items.length) {
    throw new Error("a line is asked back twice in one refund");
  }
  const taken: LeftPart[] = [];
  for (const [item, asked] of items.entries()) {
    const plan = takeItem(left, asked);
    if (!plan.ok) return { ...plan, item };
    taken.push(...plan.parts);
  }
  if (freightFen !== 0) {
    const freight = takeFreight(left, freightFen);
    if (!freight.ok) return freight;
    taken.push(...freight.parts);
  }
  return taken.length > 0
    ? { ok: true, fen: sum(taken), parts: taken }
    : { ok: false, reason: "not-an-amount" };
}

function plan(left: readonly LeftPart[], of: RefundOf): PlannedRefund {
  if (of.kind === "owed") return takeFrom(owedInTurn(left, of.fen), of.fen);
  if (of.kind === "given") return takeGiven(left, of.fen);
  if (of.kind === "items") return takeItems(left, of);
  if (of.kind === "freight") return takeFreight(left, of.fen);
  if (of.kind === "quantity") return takeItem(left, of);
  if (of.kind === "all") return takeAll(left);
  if (of.kind === "unpromised") return takeAll(left.filter((part) => part.promisedBy === null));
  if (of.kind === "promised") return whole(left.filter((part) => part.promisedBy === of.by));
  const { orderLineId } = of;
  const parts = left.filter((part) =>
    orderLineId === undefined ? isProduce(part) : part.orderLineId === orderLineId,
  );
  if (parts.length === 0) {
    return { ok: false, reason: orderLineId === undefined ? "nothing-left" : "unknown-line" };
  }
  if (of.kind === "line") return { ok: true, fen: sum(parts), parts };
  return take(parts, of.fen);
}

const IS_WHATEVER_IS_LEFT: ReadonlySet<string> = new Set(["all", "line", "unpromised", "promised"]);

/**
 * Says which account gives back how much. Pure; the rules:
 * - a line gives back in proportion: fee and households alike, each by what it has left of it;
 * - a quantity is worth its price, an amount what it says, and neither more than is left;
 * - freight goes back with everything else (`all`) while the parcel has not been shipped, and
 *   after that only when an amount of freight is named;
 * - what is kept for the buyer (owe-buyer.ts, owe-promise.ts) goes last, but with all or with a whole
 *   line; what was given already, or by bank transfer, is that first (take-owed.ts);
 * - nobody gets more than `mostFen` (what was paid and is not back yet): where a bank has given
 *   the buyer some, "all", "the line" and what was promised are what is missing, an amount beyond it is refused.
 */
export function planRefund(
  left: readonly LeftPart[],
  of: RefundOf,
  mostFen: number,
): PlannedRefund {
  const planned = plan(left, of);
  if (!planned.ok || planned.fen <= mostFen) return planned;
  if (!IS_WHATEVER_IS_LEFT.has(of.kind)) {
    return { ok: false, reason: "more-than-left", leftFen: mostFen };
  }
  return mostFen > 0 ? takeFrom([planned.parts], mostFen) : { ok: false, reason: "nothing-left" };
}
