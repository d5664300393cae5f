import { turnOf } from "../ledger/entry-of-line.ts";
import type { LedgerEntry } from "../ledger/post.ts";

/** One of Stripe's lines with our own row that it belongs to; null while we know of none. */
export type Unbooked = {
  id: string;
  stripeId: string;
  category: string;
  fen: number;
  feeFen: number;
  currency: string;
  movedAt: Date;
  paymentId: string | null;
  refundId: string | null;
  /** What it belongs to has no order (keep-unmatched.ts). */
  unmatchedId: string | null;
  /** How often an operator has reversed what was booked of it (reverse-transaction.ts). */
  reversed: number;
};

/**
 * Lines with no order behind them: Stripe alone moves this money, fee and all in one. A top-up is
 * what the market pays in from its bank where the balance does not suffice for refunds.
 * https://docs.stripe.com/reports/reporting-categories
 */
export const OWN_CATEGORIES = ["fee", "payout", "payout_reversal", "topup", "topup_reversal"];

type Cause = Pick<LedgerEntry, "causeType" | "causeId">;

function feeEntry(line: Unbooked, of: "charge" | "refund", cause: Cause): LedgerEntry {
  const suffix = line.currency === "cny" ? "" : `-${line.currency}`;
  return {
    kind: "stripe-fee",
    ...cause,
    idempotencyKey: `${of}-fee:${line.stripeId}${turnOf(line.reversed)}`,
    occurredAt: line.movedAt,
    postings: [
      { account: `stripe-fee:${of}s${suffix}`, fen: line.feeFen },
      { account: `stripe:clearing${suffix}`, fen: -line.feeFen },
    ],
  };
}

function ownEntry(line: Unbooked): LedgerEntry {
  const suffix = line.currency === "cny" ? "" : `-${line.currency}`;
  const isFee = line.category === "fee";
  const postings = [
    { account: isFee ? `stripe-fee:account${suffix}` : `bank:market${suffix}`, fen: -line.fen },
    { account: `stripe-fee:payouts${suffix}`, fen: line.feeFen },
    { account: `stripe:clearing${suffix}`, fen: line.fen - line.feeFen },
  ];
  return {
    kind: isFee ? "stripe-fee" : "stripe-payout",
    causeType: "stripe-movement",
    causeId: line.id,
    idempotencyKey: `stripe-movement:${line.stripeId}${turnOf(line.reversed)}`,
    occurredAt: line.movedAt,
    postings: postings.filter((posting) => posting.fen !== 0),
  };
}

/**
 * What is posted of one of Stripe's lines because only Stripe can tell it: the fee of a charge or
 * a refund, a fee of the account, a payout to our bank, a top-up from it. Everything else has an order behind it:
 * it is posted where that is settled (a dispute's fee with the dispute) and is only compared.
 * `nothing`: there is nothing to post; `unknown`: not now, we do not know the payment or refund
 * yet. Pure; the same line makes the same key, and the next one once that was reversed.
 */
export function entryOf(line: Unbooked): LedgerEntry | "nothing" | "unknown" {
  const { category, feeFen, paymentId, refundId, unmatchedId } = line;
  if (OWN_CATEGORIES.includes(category)) {
    return line.fen === 0 && feeFen === 0 ? "nothing" : ownEntry(line);
  }
  const isRefund = category === "refund" || category === "refund_failure";
  if (category !== "charge" && !isRefund) return "nothing";
  const of = isRefund ? "refund" : "charge";
  const ownId = isRefund ? refundId : paymentId;
  const causeId = ownId ?? unmatchedId;
  // What we know nothing of is looked for, fee or no fee (sweep-expired.ts).
  if (causeId === null) return "unknown";
  if (feeFen === 0) return "nothing";
  const own = isRefund ? "refund" : "payment";
  return feeEntry(line, of, { causeType: ownId ? own : "unmatched-payment", causeId });
}
