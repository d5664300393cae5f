/** China has one clock all year, eight hours ahead of UTC, since 1992. */
const SHANGHAI_AHEAD_MS = 8 * 3_600_000;

const inShanghai = (at: Date) => new Date(at.getTime() + SHANGHAI_AHEAD_MS).toISOString();

/** The date of a moment in Shanghai, "2026-11-22". */
export function shanghaiDay(at: Date): string {
  return inShanghai(at).slice(0, 10);
}

/** What the clocks in Shanghai say at a moment, "16:05". */
export function shanghaiTime(at: Date): string {
  return inShanghai(at).slice(11, 16);
}

/** The same as it stands in order and run numbers, "20261122". */
export function dayDigits(at: Date): string {
  return shanghaiDay(at).replaceAll("-", "");
}

const DAY_MS = 86_400_000;

/** The day so many days before another, "2026-11-22". */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}
