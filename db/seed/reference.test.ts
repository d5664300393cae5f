import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readingOf } from "./reference/readings.ts";
import { regionNameEn } from "./reference/region-names.ts";
import { loadReferenceData } from "./reference.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await loadReferenceData(test.db);
});
afterAll(() => test.drop());

describe("reference data", () => {
  it("knows Yanyuan as a county of Liangshan in Sichuan", async () => {
    const chain = await test.db
      .selectFrom("regions as county")
      .innerJoin("regions as city", "city.code", "county.parent_code")
      .innerJoin("regions as province", "province.code", "city.parent_code")
      .select(["county.name_en as county", "city.name_en as city", "province.name_en as province"])
      .where("county.code", "=", "513423")
      .executeTakeFirst();
    expect(chain).toEqual({ county: "Yanyuan", city: "Liangshan", province: "Sichuan" });
  });

  it("gives every region but a province a parent one level up", async () => {
    const rows = await test.db.selectFrom("regions").selectAll().execute();
    expect(rows.length).toBeGreaterThan(3_200);
    const levels = new Map(rows.map((row) => [row.code, row.level]));
    for (const row of rows) {
      expect(row.parent_code === null ? 0 : levels.get(row.parent_code)).toBe(row.level - 1);
    }
  });

  it("names every crop in both languages under a group, and says how it is read", async () => {
    const rows = await test.db.selectFrom("categories").selectAll().execute();
    const crops = rows.filter((row) => row.parent_code !== null);
    expect(crops.length).toBeGreaterThanOrEqual(150);
    for (const crop of crops) {
      const names = [crop.name_zh, ...crop.other_names, ...crop.kinds];
      expect(crop.name_en, crop.code).not.toBe("");
      expect(crop.readings, crop.code).toHaveLength(names.length);
      // A syllable for each character: nothing was left unread.
      names.forEach((name, at) => {
        expect(crop.readings[at], name).toMatch(/^[a-z]+( [a-z]+)*$/);
        expect(crop.readings[at]?.split(" "), name).toHaveLength([...name].length);
      });
    }
  });

  it("gives no two crops the same name, nor one crop the name of another", async () => {
    const rows = await test.db.selectFrom("categories").selectAll().execute();
    const names = rows.flatMap((row) => [row.name_zh, ...row.other_names, ...row.kinds]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it("touches no row when it is loaded again, and mends one that is wrong", async () => {
    const newestWrite = async () => {
      const newest = sql<{
        xmin: string;
      }>`select max(xmin::text::bigint)::text as xmin from regions`;
      return (await newest.execute(test.db)).rows[0]?.xmin;
    };
    const before = await newestWrite();
    await loadReferenceData(test.db);
    expect(await newestWrite()).toBe(before);

    await test.db
      .updateTable("regions")
      .set({ name_en: "Wrong" })
      .where("code", "=", "513423")
      .execute();
    await loadReferenceData(test.db);
    const row = await test.db
      .selectFrom("regions")
      .select("name_en")
      .where("code", "=", "513423")
      .executeTakeFirstOrThrow();
    expect(row.name_en).toBe("Yanyuan");
  });
});

describe("an English place name", () => {
  it.each([
    ["610100", "西安市", "Xi'an"],
    ["513423", "盐源县", "Yanyuan"],
    ["130133", "赵县", "Zhaoxian"],
    ["141100", "吕梁市", "Lüliang"],
    ["530823", "景东彝族自治县", "Jingdong"],
    ["622926", "东乡族自治县", "Dongxiang"],
    ["650100", "乌鲁木齐市", "Urumqi"],
    ["500000", "重庆市", "Chongqing"],
    ["110100", "市辖区", "City districts"],
  ])("of %s %s is %s", (code, zh, en) => {
    expect(regionNameEn(code, zh)).toBe(en);
  });
});

describe("a name with a character of several readings", () => {
  it.each([
    ["重楼", "chong lou"],
    ["白术", "bai zhu"],
    ["鸡枞", "ji zong"],
    ["党参", "dang shen"],
    ["柚子", "you zi"],
    ["薏仁", "yi ren"],
    ["莲藕", "lian ou"],
    ["厚朴", "hou po"],
    ["茄子", "qie zi"],
    ["车厘子", "che li zi"],
    ["葡萄干", "pu tao gan"],
    ["仔姜", "zi jiang"],
    ["苕粉", "shao fen"],
    ["绿豆", "lv dou"],
  ])("%s is typed %s", (name, typed) => {
    expect(readingOf(name)).toBe(typed);
  });
});
