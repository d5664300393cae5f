import { createHash } from "node:crypto";
import type { SearchDocument } from "./document.ts";
import { gramTerms, withoutProduce } from "./document-text.ts";
import { listingWords, looseTerms, regionPrefixes, typedTerms } from "./listing-words.ts";

export type MeilisearchDocument = { id: string; version: number; digest: string } & Record<
  string,
  string | number | boolean | string[]
>;

const isHan = (text: string) => /\p{Script=Han}/u.test(text);

/** Tells whether two documents say the same, in whatever order their fields stand. */
export function digestOf(document: SearchDocument): string {
  const sorted = Object.entries(document).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("base64url").slice(0, 22);
}

/** A document as Meilisearch keeps it: cut beforehand by the same rules as PostgreSQL's terms. */
export function meilisearchDocument(document: SearchDocument): MeilisearchDocument {
  const { what, where, who, also } = listingWords(document);
  const words = [...what, ...where, ...who, ...also];
  const typed = typedTerms(document);
  const unique = (terms: string[]) => [...new Set(terms)].join(" ");
  return {
    id: document.id,
    version: document.version,
    digest: digestOf(document),
    titleZh: document.titleZh,
    titleEn: document.titleEn,
    categoryZh: document.categoryZh,
    categoryEn: document.categoryEn,
    synonymsZh: document.synonyms.filter(isHan),
    synonymsEn: document.synonyms.filter((term) => !isHan(term)),
    villageZh: document.villageZh,
    villageEn: document.villageEn,
    placeZh: document.placeZh,
    placeEn: document.placeEn,
    cooperativeZh: withoutProduce(document.cooperativeZh),
    cooperativeEn: withoutProduce(document.cooperativeEn),
    aliases: document.aliases,
    words: also.slice(document.synonyms.length),
    pinyin: unique(typed.full),
    initials: unique(typed.initials),
    grams: unique(words.flatMap(gramTerms)),
    loose: unique(looseTerms(document)),
    categories: document.categoryCodes,
    regions: regionPrefixes(document.regionCode),
    gradeCode: document.grade,
    cooperativeId: document.cooperativeId,
    inStock: document.inStock,
    fenPerJin: document.fenPerJin,
    harvestedOn: document.harvestedOn,
    publishedAt: Date.parse(document.publishedAt),
  };
}
