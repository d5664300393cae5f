import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";

const DAY_MS = 86_400_000;

/** Today and yesterday in Shanghai. */
export function nearDays(now: Date = new Date()) {
  return { today: shanghaiDay(now), yesterday: shanghaiDay(new Date(now.getTime() - DAY_MS)) };
}
