import { expect, test } from "vitest";
import { type Figure, holds, lineOf, rounded } from "./figures.ts";

const figure = (value: number, better: Figure["better"]): Figure => ({
  value,
  target: 0.6,
  better,
  unit: "ratio",
  detail: {},
});

test.each([
  [0.6, "higher", true],
  [0.599, "higher", false],
  [0.6, "lower", true],
  [0.601, "lower", false],
] as const)("%d against 0.6, %s is better: %s", (value, better, isReached) => {
  expect(holds(figure(value, better))).toBe(isReached);
});

test("what is just missed is not rounded into reach", () => {
  expect(lineOf("order-http", figure(0.59999, "higher"))).toMatch(/^✗ .*0\.6 ratio \(≥ 0\.6\)$/);
});

test.each([
  [0.031_249, 0.0312],
  [12.345, 12.3],
  [1234.5, 1230],
  [0, 0],
])("%d is written as %d", (value, written) => {
  expect(rounded(value)).toBe(written);
});
