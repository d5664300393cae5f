import { expect, test } from "vitest";
import { code128Bars, code128Values } from "./code-128.ts";

test("every value is eleven modules of its own, bars of an even width, as the standard has it", () => {
  const widthsOf = (pair: string) => {
    const { bars, width } = code128Bars(pair);
    return { bars: JSON.stringify(bars.slice(3, 6)), width };
  };
  const all = Array.from({ length: 100 }, (_, value) => widthsOf(String(value).padStart(2, "0")));
  // Start, the pair, the check and the stop, which has two modules more.
  for (const { width } of all) expect(width).toBe(4 * 11 + 2);
  expect(new Set(all.map(({ bars }) => bars)).size).toBe(100);
  for (const { bars } of all) {
    const dark = (JSON.parse(bars) as [number, number][]).reduce((sum, [, wide]) => sum + wide, 0);
    expect(dark % 2).toBe(0);
  }
});

test("the check is made of the start and of each pair by its place", () => {
  // 105 + 1·12 + 2·34 + 3·56 + 4·78 = 665, and 665 mod 103 = 47.
  expect(code128Values("12345678")).toEqual([105, 12, 34, 56, 78, 47, 106]);
});
