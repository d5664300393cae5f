import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sorts } from "#search/filters.ts";
import { noFilters, readAsked, searchHref } from "./asked.ts";

const asked = (query: string) => readAsked(new URL(`http://market.test/search?${query}`));

describe("a search in a URL", () => {
  test("says what is asked, in which category and place, in which order, on which page", () => {
    expect(asked("q=%E8%8B%B9%E6%9E%9C&category=fruit&region=513423&sort=price&page=3")).toEqual({
      ...noFilters,
      text: "苹果",
      category: "fruit",
      region: "513423",
      sort: "price",
      page: 3,
      withEveryChoice: false,
    });
  });

  test("says from whom, of what grade, harvested when, at what price, how soon and if in stock", () => {
    const cooperative = "01930f6e-7a10-7c3d-8000-000000000001";
    const said = `cooperative=${cooperative}&grade=first&harvest=2026-11&price=500-1000&ships=7&stock=yes`;
    const chosen = {
      ...{ cooperative, grade: "first", harvest: "2026-11", price: "500-1000", ships: "7" },
      stock: "yes",
    };
    expect(asked(said)).toMatchObject(chosen);
    expect(searchHref(asked(said))).toBe(`/search?${said}`);
  });

  test("counts as not said where it makes no sense", () => {
    const nonsense =
      "category=%22+OR+1&region=51%27--&cooperative=1&grade=best&harvest=2026-13&price=0-1&ships=-1&stock=no&sort=evil&page=-4&choices=1";
    const nothing = { ...noFilters, text: "", sort: "relevance", page: 1, withEveryChoice: false };
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
      harvest: fc.constantFrom("", "2026-11"),
      price: fc.constantFrom("", "0-300", "5000-"),
      ships: fc.constantFrom("", "0", "30"),
      stock: fc.constantFrom("", "yes"),
      sort: fc.constantFrom(...sorts),
      page: fc.integer({ min: 1, max: 400 }),
      withEveryChoice: fc.boolean(),
    });
    fc.assert(
      fc.property(any, (said) => {
        const first = readAsked(new URL(searchHref(said as never), "http://market.test"));
        const again = readAsked(
          new URL(
            searchHref(first, { page: first.page, withEveryChoice: first.withEveryChoice }),
            "http://market.test",
          ),
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
