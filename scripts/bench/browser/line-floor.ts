/** A phone's line in the hills: 2G at its best. */
export const LINE = { bitsPerSecond: 400_000, roundTripMs: 400 };

/** What came over the line for the largest thing on a page, in bytes as they were sent. */
export type Painted = {
  pageBytes: number;
  /** Nothing is painted before them. */
  stylesheetBytes: number;
  /** The largest thing's own file; none where it is text. */
  pictureBytes: number;
  largest: string;
};

/**
 * Milliseconds that the line alone takes: a round trip for the page, one for what the page names
 * (stylesheet and picture at once), and every byte after the other. Chromium's emulated line delays
 * answers, not the opening of a connection, so that is not counted on either side.
 */
export function floorMs({ pageBytes, stylesheetBytes, pictureBytes }: Painted): number {
  const named = stylesheetBytes + pictureBytes;
  const roundTrips = named > 0 ? 2 : 1;
  return roundTrips * LINE.roundTripMs + ((pageBytes + named) * 8_000) / LINE.bitsPerSecond;
}
