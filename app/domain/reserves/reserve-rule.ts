/** What a cooperative may set: the table's CHECKs hold the same. Of an order's fee, in basis points. */
export const RATE_BOUNDS = { least: 500, most: 5_000 };
/** In fen: ¥100 to ¥100,000. */
export const CEILING_BOUNDS = { least: 10_000, most: 10_000_000 };
/** What a buyer has sent in her last minute is written by then. */
export const GRACE_HOURS = 1;

export type ReserveTerms = { rateBasisPoints: number; ceilingFen: number };

/** What the ledger says, in fen; of the cooperative's own what its fees and its reserve come to together. */
export type Need = { sharesFen: number; overdrawnFen: number; ownFen: number; ceilingFen: number };

/** What would be kept, had the cooperative as much. */
export function neededFen({ sharesFen, overdrawnFen, ceilingFen }: Omit<Need, "ownFen">): number {
  return Math.min(ceilingFen, sharesFen + overdrawnFen);
}

/**
 * What the reserve is to hold: for each order that can still be claimed for its share, and what refunds
 * took from households that had been paid, up to the ceiling; and never more than the cooperative has:
 * beside fees below zero a reserve would be a number and no money.
 */
export function targetFen(need: Need): number {
  return Math.max(0, Math.min(neededFen(need), need.ownFen));
}

/** What of a claim's cost the reserve bears; the fees bear the rest. */
export function drawnFen(borneFen: number, balanceFen: number): number {
  return Math.min(borneFen, balanceFen);
}
