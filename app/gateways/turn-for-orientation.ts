export interface Turn {
  angle: 0 | 90 | 180 | 270; // clockwise, first
  flop: boolean; // left and right exchanged, after the turn
}

const TURNS: Record<number, Turn> = {
  2: { angle: 0, flop: true },
  3: { angle: 180, flop: false },
  4: { angle: 180, flop: true },
  5: { angle: 90, flop: true },
  6: { angle: 90, flop: false },
  7: { angle: 270, flop: true },
  8: { angle: 270, flop: false },
};

/** What makes a picture upright that a camera stored with this EXIF orientation (Exif 2.32, tag 274). */
export function turnFor(orientation: number): Turn {
  return TURNS[orientation] ?? { angle: 0, flop: false };
}
