const DAY_MS = 86_400_000;

/**
 * From when to when a day in Shanghai is, "2026-11-22"; null for what is no day. China has one clock
 * all year, so each has 24 hours.
 */
export function dayBounds(day: string): { from: Date; until: Date } | null {
  if (!/^20\d\d-\d\d-\d\d$/.test(day)) return null;
  const from = new Date(`${day}T00:00:00+08:00`);
  // The 31st of a month of thirty days is no day, and must not be taken for the next.
  const isDay = new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ?? false;
  return isDay ? { from, until: new Date(from.getTime() + DAY_MS) } : null;
}
