import { describe, expect, test } from "vitest";
import { openSearchEngines } from "#tests/setup/search-engines.ts";
import type { SearchQuery } from "./engine.ts";

const { engines, keysOf } = openSearchEngines();

const apples = ["appleYanyuan", "appleLixian", "appleSoldOut"];

// What is typed, what must be found (in any order), unless said otherwise nothing else.
const finds: [why: string, text: string, found: string[], sort?: SearchQuery["sort"]][] = [
  ["a Chinese word", "苹果", apples],
  ["a Chinese title", "盐源糖心苹果", ["appleYanyuan"]],
  ["a part of a Chinese word", "花牛", ["appleLixian"]],
  ["a part across two words", "心苹", ["appleYanyuan"]],
  ["one Chinese character", "梨", ["pear"]],
  ["a sentence around the word", "我想买盐源的苹果", ["appleYanyuan", "appleSoldOut"]],
  ["an English word", "buckwheat", ["buckwheat"]],
  ["an English plural", "Apples", apples],
  ["two English words", "snowflake pear", ["pear"]],
  ["the beginning of an English word", "snowfl", ["pear"]],
  ["pinyin", "yumi", []],
  ["pinyin of a title", "tangxinpingguo", ["appleYanyuan"]],
  ["pinyin syllable by syllable", "hua jiao", ["sichuanPepper"]],
  ["pinyin with tones", "huājiāo", ["sichuanPepper"]],
  ["pinyin initials", "hnpg", ["appleLixian"]],
  ["a village", "永兴镇", ["appleLixian", "walnut"]],
  ["a village in English", "Yongxing", ["appleLixian", "walnut"]],
  ["a county", "礼县", ["appleLixian", "walnut", "garlic"]],
  ["a county in pinyin", "yanyuan", ["appleYanyuan", "sichuanPepper", "pear", "appleSoldOut"]],
  ["a village one letter from a county", "Yanguan", ["garlic"]],
  ["a misspelt county", "yanyaun", ["appleYanyuan", "sichuanPepper", "pear", "appleSoldOut"]],
  ["a crop in a misspelt place", "garlic yanguang", ["garlic"]],
  ["a province", "贵州", ["potato", "sweetPotato", "buckwheat", "honey"]],
  ["a category", "核桃", ["walnut"]],
  ["a category above", "水果", [...apples, "pear"]],
  ["a category above in English", "fruit", [...apples, "pear"]],
  ["an alias", "赵家", ["appleLixian", "walnut"]],
  ["the code of an alias", "7q4c", ["sichuanPepper", "appleSoldOut"]],
  ["a cooperative", "泸沽湖果蔬合作社", ["appleYanyuan", "sichuanPepper", "pear", "appleSoldOut"]],
  ["the name of a cooperative", "秦源", ["appleLixian", "walnut"]],
  ["a grade and a crop", "特级苹果", ["appleYanyuan", "appleSoldOut"]],
  ["place, grade and crop in one", "盐源特级苹果", ["appleYanyuan", "appleSoldOut"]],
  ["a grade first, without a space", "一级礼县苹果", ["appleLixian"]],
  ["a village, a grade and a crop in one", "树河特级花椒", ["sichuanPepper"]],
  ["a crop, its place and a grade in one", "苹果永兴一级", ["appleLixian"]],
  ["a county, a village and a crop in one", "盐源树河二级雪花梨", ["pear"]],
  ["a prefecture as it is called, and a grade", "凉山州特级花椒", ["sichuanPepper"]],
  ["a weight before a village", "5斤树河苹果", ["appleYanyuan", "appleSoldOut"]],
  ["a cooperative and a crop in one", "泸沽湖合作社苹果", ["appleYanyuan", "appleSoldOut"]],
  ["a grade in English", "premium apple", ["appleYanyuan", "appleSoldOut"]],
  ["another name of potatoes", "洋芋", ["potato"]],
  ["a third name of potatoes", "马铃薯", ["potato"]],
  ["a name that only the crop's own list has", "荷兰薯", ["potato"]],
  ["another name in pinyin", "helanshu", ["potato"]],
  ["the pinyin of a crop", "tudou", ["potato"]],
  ["the first letters of another name", "mls", ["potato"]],
  ["another name of sweet potatoes", "地瓜", ["sweetPotato"]],
  ["a rare name of sweet potatoes", "红苕", ["sweetPotato"]],
  ["sweet potatoes in English", "sweet potato", ["sweetPotato"]],
  ["two English words written as one", "sweetpotato", ["sweetPotato"]],
  ["the same of another crop", "sichuanpepper", ["sichuanPepper"]],
  ["weight, crop and place together", "5斤 苹果 盐源", ["appleYanyuan", "appleSoldOut"]],
  ["both languages together", "盐源 apple", ["appleYanyuan", "appleSoldOut"]],
  ["full-width letters", "ＡＰＰＬＥ", apples],
  ["a swapped letter", "aplle", apples],
  ["a missing letter", "walnt", ["walnut"]],
  ["a letter missing of five", "aple", apples],
  ["another one", "hony", ["honey"]],
  ["a letter missing of short pinyin", "dsuan", ["garlic"]],
  ["a doubled letter", "bucckwheat", ["buckwheat"]],
  ["a typo in pinyin", "pinguo", apples],
  ["traditional characters", "鹽源 糖心蘋果", ["appleYanyuan"]],
  ["a traditional village", "永興鎮", ["appleLixian", "walnut"]],
  ["a wrong character of the same sound", "平果", apples],
  ["a wrong place beside a right crop", "言源 花椒", ["sichuanPepper"]],
  ["a wrong character that looks alike", "核挑", ["walnut"]],
  ["one that looks alike and sounds otherwise", "花淑", ["sichuanPepper"]],
  ["the same without a space beside place and grade", "树河特级花淑", ["sichuanPepper"]],
  ["another one beside a place", "威宁 士豆", ["potato"]],
  ["two that look alike", "苦养来", ["buckwheat"]],
  ["a village that looks so", "衬河 青花椒", ["sichuanPepper"]],
  ["a wrong character in a longer name", "草嗨镇 荞麦", ["buckwheat"]],
  ["a wrong character for a village one letter from a county", "严关", ["garlic"]],
  ["one that looks alike beside one that sounds alike", "言源 花淑", ["sichuanPepper"]],
  ["the beginning of a word before a place", "snowfl 盐源", ["pear"]],
  ["two characters that stand apart", "盐苹", []],
  ["nothing of the kind", "挖掘机", []],
  ["nothing of the kind in English", "bulldozer", []],
];

describe.each(engines)("search in %s", (_name, engine) => {
  const ask = (query: Partial<SearchQuery>) =>
    engine().search({ text: "", limit: 24, offset: 0, ...query });
  const found = async (query: Partial<SearchQuery>) => keysOf((await ask(query)).listingIds);

  test.each(finds)("finds by %s: %s", async (_why, text, expected) => {
    const { listingIds, total } = await ask({ text });
    expect(keysOf(listingIds).sort()).toEqual([...expected].sort());
    expect(total).toBe(expected.length);
  });

  test("shows everything for sale when nothing is asked, newest first, sold out last", async () => {
    const keys = await found({});
    expect(keys.slice(0, 3)).toEqual(["buckwheat", "pear", "walnut"]);
    expect(keys.slice(-2)).toEqual(["appleSoldOut", "honey"]);
    expect(keys).not.toContain("applePaused");
  });

  test("puts what is called so before what only comes from there", async () => {
    expect((await found({ text: "苹果" })).at(-1)).toBe("appleSoldOut");
    expect((await found({ text: "potato" }))[0]).toBe("potato");
  });

  test("puts the crop that is called so first, however it is typed", async () => {
    expect((await found({ text: "hj" }))[0]).toBe("sichuanPepper");
    expect((await found({ text: "dasuan" }))[0]).toBe("garlic");
  });

  test("finds a crop by its first letters, among what else they stand for", async () => {
    expect(await found({ text: "td" })).toContain("potato");
  });

  test("finds some of it when not all can be found together", async () => {
    expect(await found({ text: "威宁 樱桃" })).toContain("potato");
    expect(await ask({ text: "威宁 樱桃" })).toMatchObject({ isPartial: true });
    expect((await ask({ text: "威宁 土豆" })).isPartial).toBeUndefined();
    const sweet = await ask({ text: "potato", category: "sweet-potato" });
    expect([sweet.total > 0, sweet.isPartial]).toEqual([true, undefined]);
    expect(await found({ text: "zzzzqqq 核桃" })).toEqual(["walnut"]);
  });

  test("says what only sounds or is typed almost so to be a guess", async () => {
    for (const text of ["平果", "aplle", "言源 花椒"]) {
      expect(await ask({ text }), text).toMatchObject({ isGuess: true });
    }
    for (const text of ["苹果", "apple", "pg", "水果", "huajiao", "洋芋", "土豆 威宁", "snowfl"]) {
      const { isGuess, isPartial, total } = await ask({ text });
      expect([text, isGuess, isPartial, total > 0]).toEqual([text, undefined, undefined, true]);
    }
  });

  test("finds nothing else under the name of a crop that nobody sells, there or at all", async () => {
    for (const text of ["樱桃", "yingtao", "huangtao", "grape", "lamb", "梨子糖"]) {
      const { total, isPartial = false } = await ask({ text });
      expect([text, total === 0 || isPartial]).toEqual([text, true]);
    }
    // Buckwheat in a county that has none: nothing, though the county has what sounds like it.
    expect(await ask({ text: "苦荞", region: "513423" })).toMatchObject({
      listingIds: [],
      total: 0,
    });
    expect(await ask({ text: "pear", region: "62" })).toMatchObject({ listingIds: [], total: 0 });
  });

  test("filters by category, also by the one above", async () => {
    expect((await found({ category: "apple" })).sort()).toEqual([...apples].sort());
    expect((await found({ category: "fruit", text: "盐源" })).sort()).toEqual([
      "appleSoldOut",
      "appleYanyuan",
      "pear",
    ]);
    expect(await found({ category: "no-such-thing" })).toEqual([]);
  });

  test("filters by county, city and province", async () => {
    const yanyuan = ["appleSoldOut", "appleYanyuan", "pear", "sichuanPepper"];
    for (const region of ["513423", "5134", "513400", "51", "510000"]) {
      expect((await found({ region })).sort(), region).toEqual(yanyuan);
    }
    expect(await found({ region: "62", text: "苹果" })).toEqual(["appleLixian"]);
  });

  test("sorts by price per jin and by age, what is sold out last", async () => {
    expect(await found({ text: "苹果", sort: "price" })).toEqual([
      "appleLixian",
      "appleYanyuan",
      "appleSoldOut",
    ]);
    expect(await found({ text: "苹果", sort: "newest" })).toEqual([
      "appleLixian",
      "appleYanyuan",
      "appleSoldOut",
    ]);
    expect((await found({ sort: "price" }))[0]).toBe("sweetPotato");
  });

  test("pages do not overlap and leave nothing out", async () => {
    const pages = await Promise.all(
      [0, 3, 6, 9].map((offset) => ask({ text: "", limit: 3, offset })),
    );
    const all = pages.flatMap((page) => page.listingIds);
    expect(all).toHaveLength(11);
    expect(new Set(all).size).toBe(11);
    expect(pages.map((page) => page.total)).toEqual([11, 11, 11, 11]);
    expect(await ask({ offset: 5_000 })).toMatchObject({ listingIds: [], total: 11 });
  });

  const hostile = [
    "'; drop table search_documents; --",
    "a & b | !c <-> (d",
    "\\'\\'\\",
    "\0\u0001\uFFFF\uD800",
    '" OR categories = "x',
    "苹果'):*",
    "%_%",
    "的".repeat(10_000),
    "苹".repeat(10_000),
    "apple ".repeat(2_000),
    "🍎".repeat(5_000),
    "x".repeat(10_000),
    "\u202E\u200B\u0301".repeat(3_000),
  ];
  test.each(hostile.map((text) => [text.slice(0, 24), text]))(
    "answers %j all the same",
    async (_, text) => {
      const { total } = await ask({ text });
      expect(total).toBeLessThanOrEqual(11);
      expect((await ask({})).total).toBe(11);
    },
  );

  test("filters that are no codes find nothing and break nothing", async () => {
    expect(await found({ category: '" OR inStock = true' })).toEqual([]);
    expect(await found({ category: "' or 1=1 --" })).toEqual([]);
    expect(await found({ region: "51%' or '1'='1" })).toEqual([]);
    expect(await found({ text: "苹果", limit: Number.NaN, offset: -5 })).toHaveLength(1);
  });

  test("says that it can answer", async () => {
    expect(await engine().healthy()).toBe(true);
  });
});
