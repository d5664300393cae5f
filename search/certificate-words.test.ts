import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { openSearchEngines } from "#tests/setup/search-engines.ts";
import type { SearchQuery } from "./engine.ts";
import { queryParts } from "./query-parts.ts";

const dayAhead = (days: number) => shanghaiDay(new Date(Date.now() + days * 86_400_000));
/** Valid until so many days from today; the last one was taken off. */
const certificates = [
  { key: "appleYanyuan", kind: "organic", days: 0 },
  { key: "appleSoldOut", kind: "green", days: 30 },
  { key: "appleLixian", kind: "origin", days: 400 },
  { key: "pear", kind: "organic", days: 30 },
  { key: "pear", kind: "green", days: 30 },
  { key: "garlic", kind: "pledge", days: 30 },
  { key: "potato", kind: "organic", days: -1 },
  { key: "walnut", kind: "organic", days: 30, isOff: true },
];

const { engines, keysOf } = openSearchEngines(async (db, ids) => {
  for (const { key, kind, days, isOff } of certificates) {
    await sql`insert into listing_certificates
      (id, listing_id, kind, number, valid_until, entered_by, removed_at, removed_by)
      values (gen_random_uuid(), ${ids[key]}, ${kind}, 'TRIAL-0001', ${dayAhead(days)}, 'nobody',
        ${isOff ? sql`now()` : null}, ${isOff ? "nobody" : null})`.execute(db);
  }
  // A name is no certificate.
  await sql`update listings set title_zh = '有机苦荞米', title_en = 'Organic buckwheat'
    where id = ${ids.buckwheat}`.execute(db);
});

const organic = ["appleYanyuan", "pear"];
const green = ["appleSoldOut", "pear"];
const finds: [why: string, text: string, found: string[]][] = [
  ["organic", "有机", organic],
  ["organic produce", "有机产品", organic],
  ["a certificate and a crop in one", "有机苹果", ["appleYanyuan"]],
  ["the same with a space", "有机 苹果", ["appleYanyuan"]],
  ["the crop first", "苹果有机", ["appleYanyuan"]],
  ["a crop of one character behind it", "有机梨", ["pear"]],
  ["place, certificate and crop in one", "盐源有机苹果", ["appleYanyuan"]],
  ["certificate, place, grade and crop in one", "有机树河特级苹果", ["appleYanyuan"]],
  ["a sentence around it", "请问有没有有机的苹果", ["appleYanyuan"]],
  ["what says that it has one", "有绿色认证的苹果", ["appleSoldOut"]],
  ["another way to say that", "通过有机认证的雪花梨", ["pear"]],
  ["traditional characters", "有機蘋果", ["appleYanyuan"]],
  ["green food", "绿色食品", green],
  ["green food cut in two", "绿色 食品 苹果", ["appleSoldOut"]],
  ["green food in traditional characters", "綠色食品", green],
  ["a green crop of a green food's kind", "绿色食品雪花梨", ["pear"]],
  ["two certificates together", "有机绿色食品", ["pear"]],
  ["as both are said", "绿色有机", ["pear"]],
  ["its origin", "地理标志", ["appleLixian"]],
  ["its origin in full", "农产品地理标志苹果", ["appleLixian"]],
  ["its origin in traditional characters", "地理標誌蘋果", ["appleLixian"]],
  ["the grower's pledge", "合格证", ["garlic"]],
  ["the grower's pledge in full, and a crop", "承诺达标合格证大蒜", ["garlic"]],
  ["the same in traditional characters", "承諾達標合格證", ["garlic"]],
  ["any certificate", "认证苹果", ["appleYanyuan", "appleSoldOut", "appleLixian"]],
  [
    "any certificate in English",
    "certified apple",
    [...["appleYanyuan", "appleSoldOut", "appleLixian"]],
  ],
  ["English", "organic apple", ["appleYanyuan"]],
  ["English, crop first", "Apples ORGANIC", ["appleYanyuan"]],
  ["green food in English", "green food pear", ["pear"]],
  ["origin in English", "geographical indication apples", ["appleLixian"]],
  ["its letters", "PGI", ["appleLixian"]],
  ["the pledge in English", "certificate of compliance garlic", ["garlic"]],
  ["pinyin", "youji pingguo", ["appleYanyuan"]],
  ["pinyin syllable by syllable", "you ji ping guo", ["appleYanyuan"]],
  ["green food in pinyin", "lvseshipin", green],
  ["a slip of the keys", "orgnic pear", ["pear"]],
];

describe.each(engines)("the certificates of a listing in %s", (_name, engine) => {
  const ask = (query: Partial<SearchQuery>) =>
    engine().search({ text: "", limit: 24, offset: 0, ...query });

  test.each(finds)("are found by %s: %s", async (_why, text, expected) => {
    const { listingIds, total, isPartial } = await ask({ text });
    expect(keysOf(listingIds).sort()).toEqual([...expected].sort());
    expect([total, isPartial]).toEqual([expected.length, undefined]);
  });

  test("are as many by their words as by their filter, and are counted the same", async () => {
    for (const [text, certificate] of [
      ["有机", "organic"],
      ["绿色食品", "green"],
      ["地理标志", "origin"],
      ["合格证", "pledge"],
    ] as const) {
      const said = await ask({ text, withFacets: true });
      const chosen = await ask({ certificate, withFacets: true });
      expect(said.listingIds.toSorted()).toEqual(chosen.listingIds.toSorted());
      expect(said.facets?.certificate[certificate]).toBe(said.total);
      expect(said.facets?.region).toEqual(chosen.facets?.region);
      expect((await ask({ text, certificate })).total).toBe(said.total);
    }
    expect((await ask({ text: "有机", certificate: "green" })).listingIds).toHaveLength(1);
  });

  test("puts what is called so first, whatever its certificate", async () => {
    expect(keysOf((await ask({ text: "绿色食品苹果" })).listingIds)).toEqual(["appleSoldOut"]);
    expect(keysOf((await ask({ text: "有机", sort: "price" })).listingIds)[0]).toBe("pear");
    expect(keysOf((await ask({ text: "certified 苹果" })).listingIds).at(-1)).toBe("appleSoldOut");
  });

  test("that ended, were taken off or are only a name find nothing", async () => {
    for (const text of ["有机土豆", "有机核桃", "organic buckwheat", "有机苦荞米", "有机樱桃"]) {
      expect([text, (await ask({ text })).isPartial]).toEqual([text, true]);
    }
    expect(await ask({ text: "有机肥" })).toMatchObject({ isPartial: true });
    // The crop stands before what only has the certificate.
    expect(keysOf((await ask({ text: "有机土豆" })).listingIds)[0]).toBe("potato");
    // Where nothing has the word, what is certified so is some of it.
    expect(keysOf((await ask({ text: "zzzzqqq 有机" })).listingIds).sort()).toEqual(organic);
  });

  test("are asked for by no text that breaks a question", async () => {
    for (const text of ["有机' | '@c", '有机" OR inStock = true', "@xorganic", "organic\\"]) {
      const { total } = await ask({ text });
      expect(total, text).toBeLessThanOrEqual(11);
    }
    expect((await ask({ text: "有机 ".repeat(3_000) })).total).toBe(2);
  });
});

test("a crop of one character behind a certificate is that crop, not a slip in a longer word", () => {
  expect(queryParts("有机梨").map(({ word, nameOf }) => [word, nameOf])).toEqual([
    ["有机", undefined],
    ["梨", "梨"],
  ]);
});
