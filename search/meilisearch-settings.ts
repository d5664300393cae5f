import type { Settings } from "meilisearch";
import { DEEPEST_HIT } from "./prepare-query.ts";
import { synonymsByTerm } from "./synonyms.ts";
import { SHORTEST_ONE_TYPO, SHORTEST_TWO_TYPOS } from "./typing-distance.ts";

/**
 * Part of the index's name. Raise it with every change of the settings or of the documents' shape:
 * until `npm run reindex` has built the new index whole, PostgreSQL answers.
 */
export const SETTINGS_VERSION = 1;

const CHINESE = [
  "titleZh",
  "categoryZh",
  "villageZh",
  "placeZh",
  "cooperativeZh",
  "synonymsZh",
  "grams",
];
const ENGLISH = [
  "titleEn",
  "categoryEn",
  "villageEn",
  "placeEn",
  "cooperativeEn",
  "synonymsEn",
  "pinyin",
  "initials",
];

export const meilisearchSettings: Settings = {
  // Earlier attributes weigh more. The 2-grams stand last: they find parts of words.
  searchableAttributes: [
    ...["titleZh", "titleEn", "categoryZh", "categoryEn", "synonymsZh", "synonymsEn"],
    ...["villageZh", "villageEn", "placeZh", "placeEn", "cooperativeZh", "cooperativeEn"],
    ...["aliases", "words", "pinyin", "initials", "grams"],
  ],
  filterableAttributes: ["categories", "regions", "gradeCode", "cooperativeId", "inStock"],
  sortableAttributes: ["publishedAt", "harvestedOn", "fenPerJin", "inStock"],
  displayedAttributes: ["id", "version", "digest"],
  // What is sold out stands last, whatever is asked for; then the buyer's own order.
  rankingRules: [
    ...["inStock:desc", "sort", "words", "typo", "proximity", "attribute", "exactness"],
    "publishedAt:desc",
  ],
  synonyms: synonymsByTerm(),
  // Without this a Chinese title of few characters is guessed to be Japanese.
  localizedAttributes: [
    { attributePatterns: CHINESE, locales: ["cmn"] },
    { attributePatterns: ENGLISH, locales: ["eng"] },
    { attributePatterns: ["aliases", "words"], locales: ["cmn", "eng"] },
  ],
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: SHORTEST_ONE_TYPO, twoTypos: SHORTEST_TWO_TYPOS },
    // One letter off is another household, other initials, another number.
    disableOnAttributes: ["aliases", "initials", "grams"],
    disableOnNumbers: true,
  },
  pagination: { maxTotalHits: DEEPEST_HIT + 100 },
};
