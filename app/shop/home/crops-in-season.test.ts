import { expect, test } from "vitest";
import { cropsInSeason, seasonSince } from "./crops-in-season.ts";

test("in season is what was harvested in the last thirty days, most offered first", () => {
  const group = { code: "fruit", name: "Fruit" };
  const crop = (code: string, listings: number) => ({
    ...{ code, name: code, group, listings },
    freshestId: listings > 0 ? `freshest ${code}` : null,
  });
  const found = cropsInSeason([crop("apple", 2), crop("peach", 0), crop("walnut", 3)]);
  expect(found.map(({ code }) => code)).toEqual(["walnut", "apple"]);
  expect(seasonSince(new Date("2026-11-22T04:00:00Z"))).toBe("2026-10-23");
});
