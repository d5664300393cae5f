import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bigrams, hanWords, pinyinTerms, synonymTerms, writtenTerms } from "./document-text.ts";
import { queryParts } from "./query-parts.ts";
import { synonymGroups } from "./synonyms.ts";
import { isTypoOf, typingDistance } from "./typing-distance.ts";

describe("a text is cut into terms", () => {
  test("produce is known by name, unknown names stay whole", () => {
    expect(hanWords("树河镇马铃薯")).toEqual(["树河镇", "马铃薯"]);
    expect(hanWords("红苕干")).toEqual(["红苕", "干"]);
    expect(bigrams("糖心苹果")).toEqual(["糖心", "心苹", "苹果"]);
    expect(bigrams("梨")).toEqual(["梨"]);
  });

  test("pinyin can be typed from any character on, in full or by initials", () => {
    const { full, initials } = pinyinTerms("盐源苹果");
    expect(full).toEqual(expect.arrayContaining(["yanyuanpingguo", "yanyuan", "pingguo", "guo"]));
    expect(initials).toEqual(expect.arrayContaining(["yypg", "pg"]));
  });

  test("what a listing is called, any of its own words finds", () => {
    const text = fc.string({ unit: fc.constantFrom(..."苹果土豆花椒盐源高山 abAZ09-·") });
    fc.assert(
      fc.property(text, (written) => {
        const terms = new Set(writtenTerms(written));
        for (const part of queryParts(written)) {
          const grams = part.script === "han" ? part.grams : [part.word];
          expect(grams.every((gram) => terms.has(gram))).toBe(true);
        }
      }),
    );
  });

  test("whatever is typed, a query has at most twelve parts of letters and digits", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 5_000 }), (typed) => {
        const parts = queryParts(typed);
        expect(parts.length).toBeLessThanOrEqual(12);
        for (const part of parts) expect(part.word).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
      { examples: [["𖿢"], ["⺀苹果"]] },
    );
  });
});

describe("synonyms", () => {
  test("are at least sixty kinds of produce, each name in one line only, none of one character", () => {
    expect(synonymGroups.length).toBeGreaterThanOrEqual(60);
    const terms = synonymGroups.flat();
    expect(terms.filter((term, index) => terms.indexOf(term) !== index)).toEqual([]);
    expect(terms.filter((term) => term.length < 2)).toEqual([]);
  });

  test("go from any name to all others, but not from sweet potatoes to potatoes", () => {
    expect(synonymTerms("沙地蜜薯 sweet potatoes")).toContain("地瓜");
    expect(synonymTerms("sweet potatoes")).not.toContain("土豆");
    expect(synonymTerms("胡萝卜")).not.toContain("radish");
  });
});

describe("typos", () => {
  test("are a letter more, less, other or swapped", () => {
    expect(typingDistance("aplle", "apple")).toBe(1);
    expect(typingDistance("wlanut", "walnut")).toBe(1);
    expect(typingDistance("", "tea")).toBe(3);
  });

  test("are forgiven in longer words, never in the first letter", () => {
    expect(isTypoOf("walnt", "walnut")).toBe(true);
    expect(isTypoOf("lamb", "lame")).toBe(false);
    expect(isTypoOf("aple", "apple")).toBe(true);
    expect(isTypoOf("app", "apple")).toBe(false);
    expect(isTypoOf("valnut", "walnut")).toBe(false);
    expect(isTypoOf("buckwhaet", "buckwheat")).toBe(true);
  });
});

test("what ends a place ends a word, whatever the dictionary makes of it", () => {
  const grams = (text: string) =>
    queryParts(text).flatMap((part) => (part.script === "han" ? part.grams : []));
  expect(grams("梅雨镇沙马家")).toEqual(["梅雨", "镇", "沙", "马家"]);
  expect(grams("盐源特级梅雨镇沙马家苹果")).not.toContain("镇沙");
});
