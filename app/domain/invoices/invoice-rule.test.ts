import fc from "fast-check";
import { expect, test } from "vitest";
import { readTaxNumber } from "./invoice-rule.ts";

/** The example that the standard itself gives. */
const RIGHT = "91350100M000100Y43";
const LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

test("a tax number is taken however it is typed, and kept in one way", () => {
  for (const typed of [
    RIGHT,
    RIGHT.toLowerCase(),
    " 9135 0100 M000-100Y43 ",
    "９１350100M000100Y43",
  ]) {
    expect(readTaxNumber(typed)).toBe(RIGHT);
  }
  expect(readTaxNumber("510123456789012")).toBe("510123456789012");
  expect(readTaxNumber("51012345678901200001")).toBe("51012345678901200001");
});

test("a tax number with one letter wrong, or two beside each other changed round, is refused", () => {
  const places = fc.integer({ min: 0, max: 17 });
  fc.assert(
    fc.property(places, fc.constantFrom(...LETTERS), (at, letter) => {
      const typed = RIGHT.slice(0, at) + letter + RIGHT.slice(at + 1);
      expect(readTaxNumber(typed)).toBe(typed === RIGHT ? RIGHT : null);
    }),
  );
  for (let at = 0; at < 17; at++) {
    const [one = "", two = ""] = RIGHT.slice(at, at + 2);
    const typed = RIGHT.slice(0, at) + two + one + RIGHT.slice(at + 2);
    expect(readTaxNumber(typed), typed).toBe(one === two ? RIGHT : null);
  }
});

test("what is no tax number is refused, and an identity card's is not asked for", () => {
  const odd = ["", "1", RIGHT.slice(1), `${RIGHT}0`, "91350100I000100Y43", "x".repeat(18)];
  // The example of GB 11643, which has a check digit of its own.
  for (const typed of [...odd, "11010519491231002X", "' or 1=1 --", "9".repeat(10_000)]) {
    expect(readTaxNumber(typed), typed.slice(0, 30)).toBeNull();
  }
});
