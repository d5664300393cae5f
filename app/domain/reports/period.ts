import { dayBounds } from "../calendar/day-bounds.ts";
import { daysBefore, shanghaiDay } from "../calendar/day-rule.ts";

/** Whole days in Shanghai, the first and the last one included. */
export type Period = { from: string; until: string };

const DAY_MS = 86_400_000;
/** A report of more days than these is none that anybody reads, and takes long. */
const MOST_DAYS = 731;
const USUAL_DAYS = 30;

/** How many days it has. */
export function daysOf({ from, until }: Period): number {
  return (Date.parse(until) - Date.parse(from)) / DAY_MS + 1;
}

/**
 * The days that somebody asks a report for. What is no day, or the wrong way round, is the last thirty
 * days; two years are the most, the newest of those asked for.
 */
export function readPeriod(query: URLSearchParams, now = new Date()): Period {
  const today = shanghaiDay(now);
  const dayOf = (name: string) => {
    const day = query.get(name) ?? "";
    return dayBounds(day) ? day : null;
  };
  const until = dayOf("until") ?? today;
  const from = dayOf("from") ?? daysBefore(until, USUAL_DAYS - 1);
  if (from > until) return { from: daysBefore(today, USUAL_DAYS - 1), until: today };
  const first = daysBefore(until, MOST_DAYS - 1);
  return { from: from < first ? first : from, until };
}

/**
 * Every day of a period, or every month of it, up to today: what had nothing on it is a gap that a
 * chart must show. Pure.
 */
export function placesOf(
  { from, until }: Period,
  by: "day" | "month",
  today = shanghaiDay(new Date()),
): string[] {
  const last = until < today ? until : today;
  const days = from > last ? 0 : daysOf({ from, until: last });
  const all = Array.from({ length: days }, (_, ago) => daysBefore(last, days - 1 - ago));
  return by === "day" ? all : [...new Set(all.map((day) => day.slice(0, 7)))];
}
