import { expect, test } from "vitest";
import { measurePairs, median, quantile, ratioOf } from "./pairs.ts";

test.each([
  [[7], 7],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10],
])("the median of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
});

test("numbers are sorted as numbers, and the given ones stay as they are", () => {
  const values = [100, 20, 3];
  expect(median(values)).toBe(20);
  expect(values).toEqual([100, 20, 3]);
});

test.each([[[]], [[1, Number.NaN]], [[1, Number.POSITIVE_INFINITY]]])(
  "there is no median of %j",
  (values) => {
    expect(() => median(values)).toThrow(RangeError);
  },
);

test.each([
  [100, 0.99, 99],
  [101, 0.99, 100],
  [50, 0.99, 50],
  [7, 0.5, 4],
])("of the numbers up to %d, %d of them do not exceed %d", (count, share, wanted) => {
  const values = Array.from({ length: count }, (_, at) => count - at);
  expect(quantile(values, share)).toBe(wanted);
});

test("nothing was measured, so nothing stands at its p99", () => {
  expect(() => quantile([], 0.99)).toThrow(RangeError);
});

test("a ratio is taken pair by pair, so a slow minute of the machine moves nothing", () => {
  const pairs = [
    { first: 50, second: 100 },
    { first: 5, second: 10 },
    { first: 40, second: 100 },
  ];
  expect(ratioOf(pairs)).toBe(0.5);
});

test("a pair of which one side did nothing is no figure", () => {
  expect(() => ratioOf([{ first: 1, second: 0 }])).toThrow(RangeError);
});

test("two things are measured in turn, and the warm-up does not count", async () => {
  const seen: string[] = [];
  const note = (name: string) => async (round: number) => {
    seen.push(`${name}${round}`);
    return round + 10;
  };
  const pairs = await measurePairs(2, note("a"), note("b"));
  expect(seen).toEqual(["a-1", "b-1", "a0", "b0", "a1", "b1"]);
  expect(pairs).toEqual([
    { first: 10, second: 10 },
    { first: 11, second: 11 },
  ]);
});
