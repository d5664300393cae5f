import { splitFen } from "../ledger/split-fen.ts";

type Asked = { orderLineId: string; askedFen: number };

/**
 * What each line gives of what a claim is granted, in whole fen: in proportion to what was asked of
 * it, by the largest remainder; lines that give nothing are left out. Throws when more is granted
 * than was asked.
 */
export function splitClaim(
  grantedFen: number,
  lines: readonly Asked[],
): { orderLineId: string; fen: number }[] {
  const asked = lines.map((line) => line.askedFen);
  const all = asked.reduce((sum, fen) => sum + fen, 0);
  if (grantedFen > all) throw new RangeError(`${grantedFen} of ${all} fen is more than was asked`);
  const parts = splitFen(grantedFen, asked);
  return lines
    .map(({ orderLineId }, index) => ({ orderLineId, fen: parts[index] ?? 0 }))
    .filter(({ fen }) => fen > 0);
}
