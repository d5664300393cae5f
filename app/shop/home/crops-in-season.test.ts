import { expect, test } from "vitest";
import { cropsInSeason } from "./crops-in-season.ts";

test("in season is what was harvested in the last thirty days, most offered first", () => {
  const crop = (code: string, listings: number, freshest: string) => ({
    code,
    name: code,
    listings,
    freshest,
  });
  const shelves = [
    {
      code: "fruit",
      name: "Fruit",
      listings: 6,
      crops: [crop("apple", 2, "2026-11-20"), crop("peach", 4, "2026-08-01")],
    },
    { code: "nuts", name: "Nuts", listings: 3, crops: [crop("walnut", 3, "2026-10-23")] },
  ];
  const found = cropsInSeason(shelves, new Date("2026-11-22T04:00:00Z"));
  expect(found).toEqual([
    { code: "walnut", name: "walnut" },
    { code: "apple", name: "apple" },
  ]);
});
