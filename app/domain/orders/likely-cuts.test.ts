import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate } from "./allocate.ts";
import { likelyCuts } from "./likely-cuts.ts";

const lotsOf = (available: readonly number[]) =>
  available.map((units, index) => ({
    ...{ id: `${String(index).padStart(3, "0")}`, harvestedOn: "2026-11-01", available: units },
  }));

describe("the ways in which a quantity may come to be cut over lots", () => {
  test("are all of them for few units, whatever the lots", () => {
    expect(likelyCuts([], 3)).toEqual([[1, 1, 1], [1, 2], [2, 1], [3]]);
    expect(likelyCuts(lotsOf([9]), 6)).toHaveLength(32);
  });

  test("are those that come when others have taken first", () => {
    expect(likelyCuts(lotsOf([8, 20]), 7)).toEqual([
      [7],
      [6, 1],
      [5, 2],
      [4, 3],
      [3, 4],
      [2, 5],
      [1, 6],
    ]);
  });

  test("hold what allocation comes to after any number of units has been taken by turn", () => {
    const some = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 });
    const property = fc.property(some, fc.integer({ min: 1, max: 12 }), fc.nat(40), (...drawn) => {
      const [available, quantity, taken] = drawn;
      const lots = lotsOf(available);
      const before = allocate(lots, taken);
      if (!before.ok) return;
      const left = lots.map((lot) => ({
        ...lot,
        available: lot.available - (before.shares.find((each) => each.lot === lot)?.quantity ?? 0),
      }));
      const now = allocate(left, quantity);
      if (!now.ok) return;
      expect(likelyCuts(lots, quantity)).toContainEqual(now.shares.map((each) => each.quantity));
    });
    fc.assert(property, { numRuns: 300 });
  });

  test("are never more than the database can look through at once", () => {
    const lots = lotsOf(Array.from({ length: 999 }, (_, index) => 1 + ((index * index * 31) % 97)));
    expect(likelyCuts(lots, 300)).toHaveLength(200);
  });
});
