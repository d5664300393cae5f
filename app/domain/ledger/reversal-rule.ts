/** In characters: enough for what was found out and by whom it was settled. */
export const LONGEST_REASON = 200;

/** How what was posted by something else than a line of Stripe's goes back. */
export const OTHER_WAYS = [
  ...([
    "sale",
    "refund",
    "transfer",
    "payout",
    "bounce",
    "dispute",
    "suspense",
    "claim",
    "split",
    "reserve",
  ] as const),
  "unknown" as const,
];
export type OtherWay = (typeof OTHER_WAYS)[number];

/**
 * Which way back there is for a ledger transaction that no hand reverses. Pure.
 *
 * A sale goes back by a refund; a refund when Stripe or a bank says that it did not arrive; a bank
 * transfer is taken back (take-back-transfer.ts); a payout when its bank has sent it back, and that
 * only by the next payout; a dispute by its bank's next word; what was put aside by being given back
 * at Stripe; a claim not at all: its decision stands; a split by what becomes of the parcel that follows; what moved a reserve by the next count of it. What is none of these nothing in the market posts.
 */
export function wayBack(entry: {
  kind: string;
  key: string;
  causeType: string;
  isTransfer: boolean;
}): OtherWay {
  if (entry.isTransfer) return "transfer";
  if (entry.kind === "payout-bounce") return "bounce";
  if (entry.causeType === "dispute" || /^dispute/.test(entry.key)) return "dispute";
  if (entry.kind === "reversal") return "refund";
  return OTHER_WAYS.find((way) => way === entry.kind) ?? "unknown";
}
