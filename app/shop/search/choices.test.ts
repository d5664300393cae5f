import { expect, test } from "vitest";
import type { Facets } from "#search/filters.ts";
import { readAsked } from "./asked.ts";
import { choicesOf, countWithout } from "./choices.ts";

const facets: Facets = {
  category: { apple: 2, pear: 1, fruit: 3, walnut: 4, nuts: 4 },
  region: { "510000": 5, "513423": 5, "620000": 2, "621226": 2 },
  cooperative: {},
  grade: { second: 1, premium: 6 },
  certificate: { pledge: 2, organic: 1 },
  harvest: { "2026-10": 3, "2026-11": 4 },
  price: { "5000-": 1, "0-300": 6 },
  ships: { "0": 5, "7": 5, "30": 7, "90": 7 },
  stock: { yes: 6 },
};
const names = {
  categories: [
    { code: "fruit", name: "水果", parentCode: null },
    { code: "nuts", name: "干果", parentCode: null },
    { code: "pear", name: "梨", parentCode: "fruit" },
    { code: "apple", name: "苹果", parentCode: "fruit" },
    { code: "walnut", name: "核桃", parentCode: "nuts" },
  ],
  regions: ["510000", "513423", "620000", "621226"].map((code) => ({ code, name: code })),
  cooperatives: [],
};
const asked = (query: string) => readAsked(new URL(`http://market.test/search?${query}`));
const values = (query: string) => {
  const choices = choicesOf(asked(query), facets, names);
  return Object.fromEntries(
    Object.entries(choices).map(([name, list]) => [name, list.map(({ value }) => value)]),
  );
};

test("what can be chosen stands in an order that a buyer expects", () => {
  expect(values("")).toEqual({
    category: ["fruit", "pear", "apple", "nuts", "walnut"],
    region: ["510000", "513423", "620000", "621226"],
    cooperative: [],
    grade: ["premium", "second"],
    certificate: ["organic", "pledge"],
    harvest: ["2026-11", "2026-10"],
    price: ["0-300", "5000-"],
    ships: ["0", "30"],
    stock: ["yes"],
  });
});

test("what is chosen stays among the choices, even where it shows nothing", () => {
  expect(values("grade=first&harvest=2025-01&price=300-500&ships=7")).toMatchObject({
    grade: ["premium", "first", "second"],
    harvest: ["2026-11", "2026-10", "2025-01"],
    price: ["0-300", "300-500", "5000-"],
    ships: ["0", "7", "30"],
  });
});

test("what there would be without a filter counts nothing twice", () => {
  expect(countWithout("category", facets, names)).toBe(7);
  expect(countWithout("region", facets, names)).toBe(7);
  expect(countWithout("grade", facets, names)).toBe(7);
  expect(countWithout("ships", facets, names)).toBeNull();
});
