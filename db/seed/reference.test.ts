import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { countRoundTrips } from "#tests/setup/round-trips.ts";
import { readingOf } from "./reference/readings.ts";
import { regionNameEn, townshipNameEn } from "./reference/region-names.ts";
import { loadReferenceData, loadTownships } from "./reference.ts";

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

describe("townships", () => {
  it("stand under their county, named in both languages, and are written once", async () => {
    await loadTownships(test.db);
    const read = () =>
      sql<{ xmin: string; parent: number; code: string; name_en: string; name_zh: string }>`
        select t.xmin::text, p.level as parent, t.code, t.name_zh, t.name_en
        from regions t join regions p on p.code = t.parent_code where t.level = 4
        order by t.code`.execute(test.db);
    const { rows } = await read();
    expect(rows.length).toBeGreaterThan(40_000);
    expect(rows.every(({ parent }) => parent === 2 || parent === 3)).toBe(true);
    // The dictionary of readings lacks these characters; the name keeps them.
    const unread = rows.filter(({ name_en }) => !/^[A-Z][\x20-\x7eü]*$/.test(name_en));
    expect(unread.map(({ name_zh, name_en }) => `${name_zh} ${name_en}`)).toEqual([
      ...["流波䃥镇 Liubo䃥 Town", "桴㯊镇 Fu㯊 Town", "㵲水街道 㵲shui Subdistrict"],
    ]);
    await loadTownships(test.db);
    expect((await read()).rows).toEqual(rows);
    await test.db
      .updateTable("regions")
      .set({ name_zh: "?" })
      .where("code", "=", rows[0]?.code ?? "")
      .execute();
    await loadTownships(test.db);
    expect((await read()).rows[0]?.name_zh).toBe(rows[0]?.name_zh);
  });

  it("are not written again at every start because the list has dropped one", async () => {
    await loadTownships(test.db);
    await test.db
      .insertInto("regions")
      .values({
        ...{ code: "513423999", parent_code: "513423", level: 4 },
        ...{ name_zh: "并走的镇", name_en: "Merged Town" },
      })
      .execute();
    const asked = countRoundTrips(test.url);
    await loadTownships(asked.db);
    expect(asked.take()).toBe(2);
    await asked.db.destroy();
  });

  it.each([
    ["树河镇", "Shuhe Town"],
    ["浆洗街街道", "Jiangxijie Subdistrict"],
    ["博大乡", "Boda Township"],
    ["大坡蒙古族乡", "Dapo Township"],
    ["（工业园区）城南街道", "Chengnan Subdistrict"],
    ["松山湖", "Songshanhu"],
  ])("%s is %s", (zh, en) => {
    expect(townshipNameEn(zh)).toBe(en);
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
    ["320576", "苏州工业园区", "Suzhou Industrial Park"],
    ["130372", "北戴河新区", "Beidaihe New Area"],
    ["120116", "滨海新区", "Binhai New Area"],
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
