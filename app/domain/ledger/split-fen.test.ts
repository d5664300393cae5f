import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitFen } from "./split-fen.ts";

const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);

describe("splitting fen", () => {
  test.each([
    { whole: 100, weights: [1, 1, 1], parts: [34, 33, 33] },
    { whole: 5622, weights: [1, 1], parts: [2811, 2811] },
    { whole: 1, weights: [1, 1], parts: [1, 0] },
    { whole: 2, weights: [1, 1, 1], parts: [1, 1, 0] },
    { whole: 10, weights: [1, 2, 4], parts: [1, 3, 6] },
    { whole: 0, weights: [3, 5], parts: [0, 0] },
    { whole: 7, weights: [0, 1], parts: [0, 7] },
  ])("$whole fen by $weights is $parts", ({ whole, weights, parts }) => {
    expect(splitFen(whole, weights)).toEqual(parts);
    expect(sum(splitFen(whole, weights))).toBe(whole);
  });

  const fen = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  const weights = fc
    .array(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), { minLength: 1, maxLength: 30 })
    .filter((list) => list.some((weight) => weight > 0));

  test("the parts sum to the whole, whatever the amount and the weights", () => {
    fc.assert(fc.property(fen, weights, (whole, list) => sum(splitFen(whole, list)) === whole));
  });

  test("every part is the exact share rounded down or up, never further off", () => {
    fc.assert(
      fc.property(fen, weights, (whole, list) => {
        const total = list.reduce((all, weight) => all + BigInt(weight), 0n);
        return splitFen(whole, list).every((part, index) => {
          const floor = (BigInt(whole) * BigInt(list[index] ?? 0)) / total;
          return BigInt(part) === floor || BigInt(part) === floor + 1n;
        });
      }),
    );
  });

  test("a weight of zero never gets a fen", () => {
    fc.assert(
      fc.property(fen, weights, (whole, list) =>
        splitFen(whole, list).every((part, index) => list[index] !== 0 || part === 0),
      ),
    );
  });

  test.each([
    [-1, [1]],
    [1.5, [1]],
    [Number.NaN, [1]],
    [2 ** 53, [1]],
    [10, []],
    [10, [0]],
    [10, [-1, 2]],
    [10, [0.5]],
  ])("refuses %s fen by %s", (whole, list) => {
    expect(() => splitFen(whole, list)).toThrow(RangeError);
  });
});
