import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAsked, searchHref } from "./asked.ts";

const asked = (query: string) => readAsked(new URL(`http://market.test/search?${query}`));

describe("a search in a URL", () => {
  test("says what is asked, in which category and place, in which order, on which page", () => {
    expect(asked("q=%E8%8B%B9%E6%9E%9C&category=fruit&region=513423&sort=price&page=3")).toEqual({
      text: "苹果",
      category: "fruit",
      region: "513423",
      sort: "price",
      page: 3,
    });
  });

  test("counts as not said where it makes no sense", () => {
    const nonsense = "category=%22+OR+1&region=51%27--&sort=evil&page=-4";
    const nothing = { text: "", category: "", region: "", sort: "relevance", page: 1 };
    expect(asked(nonsense)).toEqual(nothing);
    expect(asked("page=NaN&q=%00")).toEqual(nothing);
    expect(asked("page=99999999999999999999").page).toBe(400);
    expect(asked(`q=${"x".repeat(10_000)}`).text).toHaveLength(200);
  });

  test("names a province as the choices do", () => {
    expect(asked("region=51").region).toBe("510000");
  });

  test("is read back from every link we make", () => {
    const any = fc.record({
      text: fc.string({ unit: "binary", maxLength: 40 }),
      category: fc.constantFrom("", "fruit", "sweet-potato"),
      region: fc.constantFrom("", "510000", "513423"),
      sort: fc.constantFrom("relevance", "newest", "price"),
      page: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(any, (said) => {
        const first = readAsked(new URL(searchHref(said as never), "http://market.test"));
        const again = readAsked(
          new URL(searchHref(first, { page: first.page }), "http://market.test"),
        );
        expect(again).toEqual(first);
      }),
    );
  });

  test("goes back to page one when something else is asked", () => {
    expect(searchHref(asked("q=a&page=3"), { sort: "newest" })).toBe("/search?q=a&sort=newest");
    expect(searchHref(asked("q=a&page=3"), { page: 2 })).toBe("/search?q=a&page=2");
    expect(searchHref(asked(""))).toBe("/search");
  });
});
