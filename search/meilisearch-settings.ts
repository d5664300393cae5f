import type { Settings } from "meilisearch";
import { DEEPEST_HIT } from "./prepare-query.ts";
import { synonymsByTerm } from "./synonyms.ts";
import { SHORTEST_ONE_TYPO, SHORTEST_TWO_TYPOS } from "./typing-distance.ts";

/**
 * Part of the index's name. Raise it with every change of the settings or of the documents' shape:
 * until `npm run reindex` has built the new index whole, PostgreSQL answers.
 */
export const SETTINGS_VERSION = 5;

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
  "loose",
];

/**
 * Where a word must stand as it was typed. Earlier attributes weigh more; the 2-grams stand last:
 * they find parts of words.
 */
export const EXACT_ATTRIBUTES = [
  ...["titleZh", "titleEn", "categoryZh", "categoryEn", "synonymsZh", "synonymsEn"],
  ...["villageZh", "villageEn", "placeZh", "placeEn", "cooperativeZh", "cooperativeEn"],
  ...["aliases", "words", "pinyin", "initials", "grams"],
];

export const meilisearchSettings: Settings = {
  // All Latin words once more, asked with their typos mended when nothing is found exactly: who
  // types Yanyuan does not mean Yanguan. Not the aliases: a letter off is another household.
  searchableAttributes: [...EXACT_ATTRIBUTES, "loose"],
  filterableAttributes: [
    ...["categories", "regions", "counties", "cooperativeId", "gradeCode", "harvestMonth"],
    ...["priceBand", "shipsFromDay", "inStock"],
  ],
  sortableAttributes: ["publishedAt", "fenPerJin", "inStock", "households", "_geo"],
  faceting: { maxValuesPerFacet: 2_000 },
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
    disableOnAttributes: EXACT_ATTRIBUTES,
    disableOnNumbers: true,
  },
  pagination: { maxTotalHits: DEEPEST_HIT + 100 },
};
