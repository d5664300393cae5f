/**
 * How many lines of a parcel go into its box, and how many of these are ticked: of what is short
 * altogether nothing goes in, ticked before or not. Pure.
 */
export function countTicked(
  lines: readonly { id: string; toSend: number }[],
  ticks: readonly { orderLineId: string }[],
): { ticked: number; all: number } {
  const inBox = new Set(ticks.map(({ orderLineId }) => orderLineId));
  const toSend = lines.filter((line) => line.toSend > 0);
  return { ticked: toSend.filter(({ id }) => inBox.has(id)).length, all: toSend.length };
}
