/** After delivery: what was spoiled on the way shows within two days, and later it may be anybody's. */
export const CLAIM_WITHIN_HOURS = 48;
/** For the cooperative; after that the operator decides. */
export const ANSWER_WITHIN_HOURS = 24;
/** For the buyer to say what she thinks of an answer; her silence takes it. */
export const ANSWER_STANDS_HOURS = 72;
/** Of what the order's goods cost, without freight. */
export const AT_ONCE_PERCENT = 10;
/** The shares spoiled that a buyer can choose of a line: the table's CHECK holds the same. */
export const PERCENTS = [10, 25, 50, 75, 100] as const;
export const MAX_CLAIM_PHOTOS = 6;
export const LONGEST_WORDS = 500;

export const FAULTS = ["farm", "cooperative", "carrier"] as const;
/**
 * Who bears what a claim gives back. `farm`: household and fee give it back in proportion, as by any
 * refund. `cooperative`, and `carrier`, whom the cooperative has chosen and can ask: the cooperative bears all of
 * it, and the household keeps its part (compensate-farm.ts).
 */
export type Fault = (typeof FAULTS)[number];

/** So many hours after a moment. */
export function hoursAfter(moment: Date, hours: number): Date {
  return new Date(moment.getTime() + hours * 3_600_000);
}

/** Whether a parcel that was delivered then can be claimed for still. */
export function isClaimable(deliveredAt: Date, now: Date): boolean {
  return now <= hoursAfter(deliveredAt, CLAIM_WITHIN_HOURS);
}

/**
 * What a share spoiled of a line comes to, in whole fen: rounded down, a fen at least, and never
 * more than is left of the line.
 */
export function askedFen(line: { lineFen: number; leftFen: number; percent: number }): number {
  const share = Math.floor((line.lineFen * line.percent) / 100);
  return Math.min(line.leftFen, Math.max(1, share));
}

/**
 * Who decides: nobody has to where a buyer claims for the first time, and no more than a tenth of
 * what her order's goods cost.
 */
export function deciderOf(claim: {
  askedFen: number;
  produceFen: number;
  isFirst: boolean;
}): "at-once" | "cooperative" {
  const isSmall = claim.askedFen * 100 <= claim.produceFen * AT_ONCE_PERCENT;
  return isSmall && claim.isFirst ? "at-once" : "cooperative";
}
