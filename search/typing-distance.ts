/** Words shorter than this are taken as typed. */
export const SHORTEST_ONE_TYPO = 4;
export const SHORTEST_TWO_TYPOS = 9;

/**
 * How many keys apart two words are: a letter more, less, other or swapped with its neighbour
 * (optimal string alignment).
 */
export function typingDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}

/**
 * True when `typed` may be meant for `word`: one slip, or two in a long word; never the first letter.
 * Of four letters one may be missing, "aple", but none is another: "lamb" is no misspelt "lame".
 */
export function isTypoOf(typed: string, word: string): boolean {
  const slips = typed.length >= SHORTEST_TWO_TYPOS ? 2 : typed.length >= SHORTEST_ONE_TYPO ? 1 : 0;
  if (typed.length === SHORTEST_ONE_TYPO && word.length <= typed.length) return false;
  const isNear = typed[0] === word[0] && Math.abs(typed.length - word.length) <= slips;
  return isNear && typingDistance(typed, word) <= slips;
}
