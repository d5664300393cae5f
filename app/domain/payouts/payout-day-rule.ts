/** Monday to Sunday, as ISO 8601 counts them. */
export const WEEKDAYS = ["1", "2", "3", "4", "5", "6", "7"] as const;

export type Weekday = (typeof WEEKDAYS)[number];

const DAY_MS = 86_400_000;
const DAYS = 7;

/**
 * The day of a cooperative's next payout, "2026-11-27": the first of its weekday (1 Monday to 7
 * Sunday) from today on, or a week later when it has paid today already. Days are Shanghai's.
 */
export function nextPayoutDay(today: string, weekday: number, hasPaidToday: boolean): string {
  const from = new Date(`${today}T00:00:00Z`);
  const ahead = (weekday - from.getUTCDay() + DAYS) % DAYS;
  const days = ahead === 0 && hasPaidToday ? DAYS : ahead;
  return new Date(from.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** The weekday of a day such as "2026-11-27". */
export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + DAYS - 1) % DAYS] ?? "7";
}
