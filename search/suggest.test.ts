import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSearchMarket } from "#tests/factories/search.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { suggest } from "./market-names.ts";
import { reindex } from "./reindex.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await makeSearchMarket(database.db);
  await reindex(database.db, undefined);
});
afterAll(() => database?.drop());

const names = (text: string, locale: "zh" | "en" = "zh") => suggest(database.db, text, locale);

const fits: [why: string, typed: string, name: string][] = [
  ["the beginning of a name", "核", "核桃"],
  ["a part of a name", "薯", "红薯"],
  ["another name", "洋芋", "土豆"],
  ["pinyin not typed to its end", "pingg", "苹果"],
  ["initials", "hj", "花椒"],
  ["a slip of the keys", "pinguo", "苹果"],
  ["a wrong character of the same sound", "平果", "苹果"],
  ["traditional characters", "馬鈴薯", "土豆"],
  ["the beginning of a county", "盐", "盐源县"],
  ["a village in pinyin", "shuhe", "树河镇"],
  ["a cooperative", "泸沽", "泸沽湖果蔬合作社"],
  ["English", "buckw", "苦荞"],
  ["the last of several words", "盐源 pingg", "盐源 苹果"],
];

describe("names that fit what was typed", () => {
  test.each(fits)("are found by %s: %s", async (_why, typed, name) => {
    expect(await names(typed)).toContain(name);
  });

  test("stand in the reader's language", async () => {
    expect(await names("sweet po", "en")).toEqual(["Sweet potato"]);
    expect((await names("pingguo", "en"))[0]).toBe("Apple");
  });

  test("never are what was typed already, nor names of what is not on sale", async () => {
    expect(await names("苹果")).not.toContain("苹果");
    expect(await names("香蕉")).toEqual([]);
    expect(await names("")).toEqual([]);
    expect(await names("'; drop table\0 % \\")).toEqual([]);
  });

  test("are six at most, the shortest first", async () => {
    const all = await names("g");
    expect(all.length).toBeLessThanOrEqual(6);
    expect(await names("ping")).toEqual(["苹果", "秦源苹果合作社"]);
  });
});
