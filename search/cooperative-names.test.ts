import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { openSearchEngines } from "#tests/setup/search-engines.ts";
import { cutAtCooperatives, knowCooperatives } from "./cooperative-names.ts";
import { runsOf } from "./document-text.ts";
import type { SearchQuery } from "./engine.ts";

const names = {
  appleYanyuan: ["盐源高山苹果合作社", "Yanyuan Highland Apple Co-op"],
  appleLixian: ["礼县花牛苹果种植专业合作社", "Lixian Huaniu Apple Cooperative"],
  potato: ["乌蒙山农产合作社", "Wumeng Harvest"],
};

const { engines, keysOf } = openSearchEngines(async (db, ids) => {
  for (const [key, [zh, en]] of Object.entries(names)) {
    await sql`update cooperatives set name_zh = ${zh}, name_en = ${en} from listings
      where listings.id = ${ids[key]} and cooperatives.id = cooperative_id`.execute(db);
  }
});

const highland = ["appleYanyuan", "sichuanPepper", "pear", "appleSoldOut"];
const huaniu = ["appleLixian", "walnut"];
const finds: [why: string, text: string, found: string[]][] = [
  ["its name as it is written", "盐源高山苹果合作社", highland],
  ["a name that has another crop in it, and a crop", "礼县花牛苹果种植专业合作社核桃", ["walnut"]],
  ["the same with spaces", "礼县花牛苹果 种植专业合作社 核桃", ["walnut"]],
  ["the crop first", "核桃礼县花牛苹果种植专业合作社", ["walnut"]],
  ["the name as it is said", "花牛苹果合作社核桃", ["walnut"]],
  ["the shortest that it is said by", "花牛合作社的核桃", ["walnut"]],
  ["the same with spaces", "花牛合作社 核桃", ["walnut"]],
  ["another way to say it", "花牛专业合作社卖的核桃", ["walnut"]],
  ["its name without what it is", "花牛苹果核桃", ["walnut"]],
  ["the same before a place", "高山苹果 树河 花椒", ["sichuanPepper"]],
  ["the name and its own crop", "花牛苹果合作社苹果", ["appleLixian"]],
  ["name, grade and crop in one", "高山合作社二级雪花梨", ["pear"]],
  ["grade, name and crop in one", "特级盐源高山苹果合作社花椒", ["sichuanPepper"]],
  ["traditional characters", "鹽源高山蘋果合作社花椒", ["sichuanPepper"]],
  ["a name with no crop in it", "乌蒙山农产合作社土豆", ["potato"]],
  ["that name as it is said", "乌蒙山合作社土豆", ["potato"]],
  ["its name in English, and a crop", "Lixian Huaniu Apple Cooperative walnut", ["walnut"]],
  ["as it is said in English", "huaniu co-op walnuts", ["walnut"]],
  ["another crop's name within it", "highland apple coop sichuan pepper", ["sichuanPepper"]],
  ["a short English name", "huaniu apple walnut", ["walnut"]],
  ["all that it sells", "花牛合作社", huaniu],
  ["a crop of one character behind a village", "树河梨", ["pear"]],
  ["the same with its ending", "树河镇梨", ["pear"]],
  ["the same behind a county", "盐源梨", ["pear"]],
  ["the same with a grade between", "树河二级梨", ["pear"]],
  ["the same in traditional characters", "樹河鎮梨", ["pear"]],
  ["garlic behind a village", "盐官蒜", ["garlic"]],
  ["potatoes' kin behind a village", "草海薯", ["sweetPotato"]],
  ["honey behind a village", "草海蜜", ["honey"]],
  ["a crop of one character with a space", "永兴镇 椒", []],
];

describe.each(engines)("words that stand together in %s", (_name, engine) => {
  const ask = (query: Partial<SearchQuery>) =>
    engine().search({ text: "", limit: 24, offset: 0, ...query });

  test.each(finds)("are found by %s: %s", async (_why, text, expected) => {
    const { listingIds, isPartial, isGuess } = await ask({ text });
    const found = isPartial || isGuess ? [] : keysOf(listingIds);
    expect(found.sort()).toEqual([...expected].sort());
  });

  test("a crop or a place alone is no cooperative", async () => {
    expect(keysOf((await ask({ text: "苹果" })).listingIds)).not.toContain("walnut");
    expect(keysOf((await ask({ text: "苹果合作社" })).listingIds)).not.toContain("walnut");
    expect(await ask({ text: "花牛合作社樱桃" })).toMatchObject({ isPartial: true });
  });

  test("a peach behind a place is no walnut", async () => {
    for (const text of ["礼县桃", "永兴镇 桃", "永兴桃"]) {
      expect(await ask({ text }), text).toMatchObject({ isPartial: true });
    }
  });

  test("a cooperative can be narrowed and counted as any words", async () => {
    const { facets, total } = await ask({ text: "高山合作社", withFacets: true, grade: "premium" });
    expect(total).toBe(3);
    expect(facets?.grade).toEqual({ premium: 3, second: 1 });
    expect(Object.values(facets?.cooperative ?? {})).toEqual([3]);
  });
});

const known = knowCooperatives([
  { id: "a", zh: "礼县花牛苹果种植专业合作社", en: "Lixian Huaniu Apple Co-op" },
  { id: "b", zh: "花牛农产品合作社", en: "" },
  { id: "c", zh: "苹果合作社", en: "Apple Co-op" },
  { id: "d", zh: `${"长".repeat(300)}合作社`, en: "x ".repeat(5_000) },
  { id: "e", zh: "' | '@c", en: '" OR inStock = true' },
]);

test("several that are called so are all meant", () => {
  expect(cutAtCooperatives(runsOf("花牛合作社核桃"), known, false)).toEqual([
    { said: "花牛合作社", ids: ["a", "b"] },
    { text: "核桃", isHan: true },
  ]);
});

test("a name is cut out of whatever stands around it, the longest first, and nothing is lost", () => {
  const cut = (text: string, isShortToo = false) =>
    cutAtCooperatives(runsOf(text), known, isShortToo).map((each) =>
      "ids" in each ? each.ids.join("+") : each.text,
    );
  expect(cut("5斤 花牛 苹果 合作社核桃 apple")).toEqual(["5", "斤", "a", "核桃", "apple"]);
  expect(cut("苹果合作社")).toEqual(["c"]);
  expect(cut("花牛苹果核桃")).toEqual(["花牛苹果核桃"]);
  expect(cut("花牛苹果核桃", true)).toEqual(["a", "核桃"]);
  expect(cut("lixian huaniu apple co-op")).toEqual(["a"]);
  expect(cut("xlixian huaniu")).toEqual(["xlixian", "huaniu"]);
  expect(cut("盐".repeat(500), true)).toEqual(["盐".repeat(500)]);
});
