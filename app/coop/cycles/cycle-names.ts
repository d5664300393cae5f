const HALF_HOUR = 30;
const MINUTES = 24 * 60;

/** 510 → "08:30". */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** "00:00" to "23:30", and one beside them that was set to the minute. */
export function clocks(beside?: string): string[] {
  const grid = Array.from({ length: MINUTES / HALF_HOUR }, (_, at) => clockOf(at * HALF_HOUR));
  return beside && !grid.includes(beside) ? [...grid, beside].toSorted() : grid;
}

/** The names of the fields of one village. */
export const placeNames = (key: string) => ({
  place: `place-${key}`,
  day: `day-${key}`,
  from: `from-${key}`,
  until: `until-${key}`,
});
