import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { loadReferenceData } from "#db/seed/reference.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { parsePasted } from "./parse-pasted.ts";
import { type NamedRegion, takeApart } from "./take-apart.ts";

let database: TestDatabase;
let regions: NamedRegion[];
beforeAll(async () => {
  database = await createTestDatabase();
  await loadReferenceData(database.db);
  regions = await database.db
    .selectFrom("regions")
    .select(["code", "parent_code as parentCode", "name_zh as nameZh"])
    .execute();
});
afterAll(() => database.drop());

const WUHOU = { province: "510000", city: "510100", county: "510107" };
const ZHANG = { recipient: "张三", phone: "13812345678" };

describe("an address pasted in one piece", () => {
  test.each([
    [
      "张三 13812345678 四川省成都市武侯区天府大道 1 号",
      { ...ZHANG, ...WUHOU, street: "天府大道 1 号" },
    ],
    [
      "四川省成都市武侯区天府大道1号，张三，138-1234-5678",
      { ...ZHANG, ...WUHOU, street: "天府大道1号" },
    ],
    [
      "收货人：张三\n手机号：+86 138 1234 5678\n所在地区：四川省 成都市 武侯区 浆洗街街道\n详细地址：天府大道1号",
      { ...ZHANG, ...WUHOU, township: "浆洗街街道", street: "天府大道1号" },
    ],
    [
      "成都武侯区天府大道1号 １３８１２３４５６７８",
      { ...WUHOU, phone: "13812345678", recipient: "" },
    ],
    [
      // Beijing has a district of that name, Changchun another, and Liaoning a city: she chooses.
      "朝阳区建国路88号 13800000000 张小姐",
      {
        ...{ province: null, city: null, county: null },
        ...{ phone: "13800000000", recipient: "张小姐", street: "朝阳区建国路88号" },
      },
    ],
    ["朝阳双塔区新华路1号", { province: "210000", city: "211300", county: "211302" }],
    ["吉林市船营区解放路1号", { province: "220000", city: "220200", county: "220204" }],
    [
      "北京市北京市朝阳区建国路 88 号 李小姐 13800000000",
      {
        province: "110000",
        city: "110100",
        county: "110105",
        recipient: "李小姐",
        street: "建国路 88 号",
      },
    ],
    [
      "上海浦东新区张江镇碧波路 5 号",
      { county: "310115", township: "张江镇", street: "碧波路 5 号" },
    ],
    [
      "四川省盐源县树河镇 2 组",
      { province: "510000", city: "513400", county: "513423", township: "树河镇", street: "2 组" },
    ],
    [
      "广东省东莞市长安镇振安路 3 号",
      { province: "440000", city: "441900", county: null, township: "长安镇" },
    ],
    ["新疆乌鲁木齐市天山区人民路 2 号", { province: "650000", county: "650102" }],
    [
      "内蒙古自治区呼和浩特市新城区某路 2 号",
      { province: "150000", city: "150100", county: "150102" },
    ],
  ])("%s", (pasted, found) => {
    expect(takeApart(pasted, regions)).toMatchObject(found);
  });

  it("that names no place we know is kept whole as the street", () => {
    expect(takeApart("地球村 7 号院 没有这地方", regions)).toMatchObject({
      ...{ province: null, city: null, county: null, phone: "" },
      street: "地球村 7 号院",
      recipient: "没有这地方",
    });
    expect(takeApart("", regions)).toMatchObject({ recipient: "", phone: "", street: "" });
  });

  it("is read by the regions in the database, and no further than anybody writes", async () => {
    const pasted = `张三 四川省成都市武侯区${"路".repeat(2_000)}`;
    const { street, county } = await parsePasted(database.db, pasted);
    expect([county, street.length < 500]).toEqual(["510107", true]);
  });

  it("loses no letter and no digit, whatever was pasted", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "张三",
        "13812345678",
        "四川省",
        "成都市",
        "武侯区",
        "浆洗街街道",
        "天府大道",
      ),
      fc.constantFrom("北京", "朝阳区", "1 号", "，", " ", "\n", "138", "x'; drop", "🍎"),
      fc.string({ maxLength: 6 }),
    );
    const names = new Map(regions.map(({ code, nameZh }) => [code, nameZh]));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const pasted = pieces.join("");
        const { province, city, county, ...fields } = takeApart(pasted, regions);
        const kept = [
          ...Object.values(fields),
          ...[province, city, county].flatMap((code) => names.get(code ?? "") ?? []),
        ].join("");
        const count = (text: string, letter: string) => text.split(letter).length - 1;
        for (const letter of new Set(pasted.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, ""))) {
          // A place may be written twice ("北京市北京市"), and is kept once.
          if ("北京".includes(letter)) continue;
          expect(count(kept, letter), `${letter} of ${pasted}`).toBeGreaterThanOrEqual(
            Math.min(
              count(pasted.normalize("NFKC"), letter),
              letter === "8" || letter === "6" ? 1 : 99,
            ),
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});
