/** How many sale units are to go into the box, of all its lines together. Pure. */
export const unitsToSend = (lines: readonly { toSend: number }[]): number =>
  lines.reduce((sum, { toSend }) => sum + toSend, 0);
