import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadReferenceData, loadTownships } from "#db/seed/reference.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { chooseRegion, regionChain } from "./choose-region.ts";
import { regionPath } from "./region-path.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await loadReferenceData(test.db);
  await loadTownships(test.db);
});
afterAll(() => test.drop());

describe("choosing where to send", () => {
  it("shows provinces first and the next list after each choice", async () => {
    const start = await chooseRegion(test.db, {});
    expect(start.provinces).toHaveLength(31);
    expect(start).toMatchObject({ cities: [], counties: [], regionCode: null });
    const inSichuan = await chooseRegion(test.db, { province: "510000" });
    expect(inSichuan.cities).toHaveLength(21);
    expect(inSichuan).toMatchObject({ counties: [], regionCode: null });
    const done = await chooseRegion(test.db, {
      province: "510000",
      city: "513400",
      county: "513423",
    });
    expect(done.regionCode).toBe("513423");
  });

  it("drops a city and a county that lie in another province", async () => {
    const chosen = { province: "610000", city: "513400", county: "513423" };
    expect(await chooseRegion(test.db, chosen)).toMatchObject({
      province: "610000",
      city: null,
      county: null,
      counties: [],
      regionCode: null,
    });
    const otherCity = { province: "510000", city: "510100", county: "513423" };
    expect(await chooseRegion(test.db, otherCity)).toMatchObject({ city: "510100", county: null });
  });

  it("skips the level that offers no choice", async () => {
    const beijing = await chooseRegion(test.db, { province: "110000" });
    expect(beijing).toMatchObject({ city: "110100", county: null });
    expect(beijing.counties.length).toBeGreaterThan(10);
    const dongguan = await chooseRegion(test.db, { province: "440000", city: "441900" });
    expect(dongguan).toMatchObject({ counties: [], county: null, regionCode: "441900" });
  });

  it("lists the townships of the chosen county, and of a city that has none", async () => {
    const names = async (chosen: Parameters<typeof chooseRegion>[1]) =>
      (await chooseRegion(test.db, chosen)).townships.map(({ nameZh }) => nameZh);
    const yanyuan = { province: "510000", city: "513400", county: "513423" };
    expect(await names(yanyuan)).toEqual(expect.arrayContaining(["树河镇", "泸沽湖镇"]));
    expect(await names({ ...yanyuan, county: "" })).toEqual([]);
    expect(await names({ ...yanyuan, province: "610000" })).toEqual([]);
    expect(await names({ province: "440000", city: "441900" })).toContain("虎门镇");
    const park = { province: "320000", city: "320500", county: "320576" };
    expect((await chooseRegion(test.db, park)).regionCode).toBe("320576");
    expect(await names(park)).toContain("娄葑街道");
  });

  it("is not moved by codes that are none", async () => {
    const hostile = { province: "x' or 1=1", city: "513400", county: "\u{1f34e}".repeat(100) };
    expect(await chooseRegion(test.db, hostile)).toMatchObject({
      province: null,
      regionCode: null,
    });
  });

  it("finds the way back up from a county, and from a city without counties", async () => {
    expect(await regionChain(test.db, "513423")).toEqual({
      province: "510000",
      city: "513400",
      county: "513423",
    });
    expect(await regionChain(test.db, "441900")).toEqual({ province: "440000", city: "441900" });
    expect(await regionChain(test.db, "999999")).toEqual({});
  });
});

it("writes a place as each language does, without the levels nobody writes", () => {
  const beijing = { nameZh: "北京市", nameEn: "Beijing" };
  const districts = { nameZh: "市辖区", nameEn: "City districts" };
  const chaoyang = { nameZh: "朝阳区", nameEn: "Chaoyang" };
  expect(regionPath([beijing, districts, chaoyang])).toEqual({
    zh: "北京市朝阳区",
    en: "Chaoyang, Beijing",
  });
});
