import { certificateTerms } from "./certificate-words.ts";
import type { SearchDocument } from "./document.ts";
import { latinTerms, pinyinTerms, readingTerms, withoutProduce } from "./document-text.ts";

// Words for the codes of a listing, in both languages: what a buyer may type.

const grades: Record<string, string> = {
  premium: "特级 特等 premium",
  first: "一级 一等 first grade one",
  second: "二级 二等 second grade two",
  ungraded: "未分级 统货 ungraded",
};

const units: Record<string, string> = {
  "box-5jin": "5斤 五斤 5斤箱 箱装 5 jin 5jin box",
  kg: "公斤 千克 kg",
  bag: "袋装 袋 bag",
  head: "棵 个 head",
};

/** What a listing's codes are called, whatever it is. */
export const codeWords = [...Object.values(grades), ...Object.values(units)].flatMap((words) =>
  words.split(" "),
);

/** The searchable texts of a document by how much they say about it. */
export function listingWords(document: SearchDocument) {
  return {
    what: [document.titleZh, document.titleEn, ...document.categoryZh, ...document.categoryEn],
    where: [document.villageZh, document.villageEn, ...document.placeZh, ...document.placeEn],
    who: [
      ...[document.cooperativeZh, document.cooperativeEn].map(withoutProduce),
      ...document.aliases,
    ],
    also: [...document.synonyms, grades[document.grade] ?? "", units[document.unit] ?? ""],
  };
}

/** All of a document as it is typed on a Latin keyboard. */
export function typedTerms(document: SearchDocument) {
  const { what, where, who, also } = listingWords(document);
  const typed = [
    ...[...what, ...where, ...who, ...also].map(pinyinTerms),
    ...document.readings.map(readingTerms),
  ];
  return {
    full: [...typed.flatMap(({ full }) => full), ...certificateTerms(document.certificates).typed],
    initials: typed.flatMap(({ initials }) => initials),
  };
}

/** The Latin words and pinyin in which a typo is mended: of produce and places, not of households. */
export function looseTerms(document: SearchDocument): string[] {
  const { what, where, also } = listingWords(document);
  const terms = [...what, ...where, ...also].flatMap((text) => [
    ...latinTerms(text),
    ...pinyinTerms(text).full,
  ]);
  terms.push(...certificateTerms(document.certificates).typed);
  terms.push(...document.readings.flatMap((reading) => readingTerms(reading).full));
  return [...new Set(terms.filter((term) => term.length > 2))];
}

/** "513423" → 51, 513, …: every prefix under which a region filter may ask. */
export function regionPrefixes(code: string): string[] {
  return Array.from({ length: code.length - 1 }, (_, index) => code.slice(0, index + 2));
}

/** A region filter as a prefix: "510000" is all of "51"; null when it is no code at all. */
export function regionPrefix(code: string): string | null {
  const prefix = code.replace(/^(\d{2}(?:\d{2})??)(?:00)+$/, "$1");
  return /^\d{2,9}$/.test(prefix) ? prefix : null;
}
