import { expect, test } from "vitest";
import { daysOf, placesOf } from "./period.ts";

test("a chart has a place for every day or month of its period, whatever happened on it, and none for days to come", () => {
  const leap = { from: "2024-02-27", until: "2024-03-01" };
  expect(placesOf(leap, "day", "2026-11-23")).toEqual([
    ...["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01"],
  ]);
  const open = { from: "2026-11-20", until: "2026-12-31" };
  expect(placesOf(open, "day", "2026-11-22")).toEqual(["2026-11-20", "2026-11-21", "2026-11-22"]);
  const year = { from: "2025-11-23", until: "2026-11-23" };
  expect(placesOf(year, "month", "2026-11-23")).toHaveLength(13);
  expect(placesOf(year, "month", "2026-11-23").slice(0, 3)).toEqual([
    "2025-11",
    "2025-12",
    "2026-01",
  ]);
  expect(placesOf(year, "day", "2026-11-23")).toHaveLength(daysOf(year));
  expect(placesOf({ from: "2026-12-01", until: "2026-12-31" }, "day", "2026-11-23")).toEqual([]);
});
