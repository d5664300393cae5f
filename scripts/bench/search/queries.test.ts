import { expect, test } from "vitest";
import { makeQueries } from "./queries.ts";
import type { Offered } from "./rules.ts";
import { crops, villages } from "./words.ts";

const offer = (id: string, more: Partial<Offered>): Offered => ({
  ...{ id, category: "apple", titleZh: "盐源丑苹果 特级", regionCode: "513423", grade: "premium" },
  ...{ villageZh: "树河镇、卫城镇", unit: "box-5jin", aliases: ["吉克家 · 树河镇 · 3F7K"] },
  ...{ certificates: [], cooperative: "盐源高山苹果合作社" },
  ...more,
});
const offers = [
  offer("a", {}),
  offer("b", { regionCode: "621226", villageZh: "永兴镇", aliases: ["赵家 · 永兴镇 · 8K2M"] }),
  offer("c", { category: "sweet-potato", titleZh: "客家红薯", unit: "bag", grade: "first" }),
];
const theirs = { regionCode: "621226", villageZh: "盐官镇", cooperative: "礼县花牛苹果合作社" };
const certified = [
  ...offers,
  offer("d", { ...theirs, certificates: ["organic"] }),
  offer("e", { ...theirs, certificates: ["organic", "green"], category: "garlic" }),
];

test("each query must find what its words say, by the market's rows alone", () => {
  const queries = makeQueries(offers, 120);
  const expected = (text: string) => queries.find((query) => query.text === text)?.expected;
  expect(new Set(queries.map(({ text }) => text)).size).toBe(120);
  expect(expected("苹果")).toEqual(["a", "b"]);
  expect(expected("丑苹果")).toEqual(["a", "b"]);
  expect(expected("蘋果")).toEqual(["a", "b"]);
  expect(expected("3F7K")).toEqual(["a", "c"]);
  expect(expected("地瓜")).toEqual(["c"]);
  const unspaced = queries.filter(({ kind }) => kind === "unspaced");
  expect(unspaced.length).toBeGreaterThan(5);
  for (const { text } of unspaced) expect(text).toMatch(/^\p{Script=Han}{6,}$/u);
  const all = makeQueries(certified, 390);
  const must = (text: string) => all.find((query) => query.text === text)?.expected;
  expect(must("有机")).toEqual(["d", "e"]);
  expect(must("organic apple")).toEqual(["d"]);
  expect(must("花牛合作社")).toEqual(["d", "e"]);
  expect(must("花牛苹果合作社大蒜")).toEqual(["e"]);
  expect(must("盐官镇蒜")).toEqual(["e"]);
  for (const { expected: ids } of queries) expect(ids.length).toBeGreaterThan(0);
  expect(makeQueries(offers, 120)).toEqual(queries);
});

test("more queries than the market has words for are refused", () => {
  expect(() => makeQueries(offers, 100_000)).toThrow("queries can be made");
});

test("the words are whole: every crop is named, spelled and mistyped", () => {
  for (const [code, { names, pinyin, typos }] of Object.entries(crops)) {
    for (const words of [names, pinyin, typos]) expect(words.length, code).toBeGreaterThan(0);
  }
  expect(Object.keys(crops)).toHaveLength(25);
  expect(Object.keys(villages)).toHaveLength(12);
});
