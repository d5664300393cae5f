import { daysBefore, shanghaiDay } from "#app/domain/calendar/day-rule.ts";

/** Today and yesterday in Shanghai. */
export function nearDays(now: Date = new Date()) {
  const today = shanghaiDay(now);
  return { today, yesterday: daysBefore(today, 1) };
}
