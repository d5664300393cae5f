/** After delivery: what was spoiled on the way shows within two days, and later it may be anybody's. */
export const CLAIM_WITHIN_HOURS = 48;
/** What only its cooperative calls delivered may be on its way still: so long after it left. */
export const ON_ITS_WAY_HOURS = 72;
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

/**
 * From when a buyer's hours to claim are counted: from her own word that it has come, or the day on which it
 * counts as delivered by itself. Its cooperative's word alone starts them `ON_ITS_WAY_HOURS` after
 * it left at the soonest: a mark made too early takes nothing from her.
 */
export function claimableFrom(parcel: {
  deliveredAt: Date;
  shippedAt: Date | null;
  isCooperativesWord: boolean;
}): Date {
  const { deliveredAt, shippedAt, isCooperativesWord } = parcel;
  if (!isCooperativesWord || !shippedAt) return deliveredAt;
  const soonest = hoursAfter(shippedAt, ON_ITS_WAY_HOURS);
  return soonest > deliveredAt ? soonest : deliveredAt;
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
