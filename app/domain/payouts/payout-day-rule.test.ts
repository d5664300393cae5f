import { expect, it } from "vitest";
import { nextPayoutDay, weekdayOf } from "./payout-day-rule.ts";

const SUNDAY = "2026-11-22";

it.each([
  [1, "2026-11-23"],
  [5, "2026-11-27"],
  [6, "2026-11-28"],
  [7, SUNDAY],
])("the next day %i of the week is %s, and today counts", (weekday, day) => {
  expect(nextPayoutDay(SUNDAY, weekday, false)).toBe(day);
  expect(weekdayOf(day)).toBe(String(weekday));
});

it("is a week later once today's payout was made, and over the end of a year", () => {
  expect(nextPayoutDay(SUNDAY, 7, true)).toBe("2026-11-29");
  expect(nextPayoutDay(SUNDAY, 1, true)).toBe("2026-11-23");
  expect(nextPayoutDay("2026-12-31", 5, false)).toBe("2027-01-01");
});
