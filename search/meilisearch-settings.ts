import type { Settings } from "meilisearch";
import { DEEPEST_HIT } from "./prepare-query.ts";
import { SHORTEST_ONE_TYPO, SHORTEST_TWO_TYPOS } from "./typing-distance.ts";

/**
 * Part of the index's name. Raise it with every change of the settings or of the documents' shape:
 * until `npm run reindex` has built the new index whole, PostgreSQL answers.
 */
export const SETTINGS_VERSION = 12;

/** Where a word must stand as it was typed. Earlier attributes weigh more. */
export const EXACT_ATTRIBUTES = ["names", "what", "where", "who", "also", "typed"];

export const meilisearchSettings: Settings = {
  // All Latin words once more, asked with their typos mended when nothing is found exactly: who
  // types Yanyuan does not mean Yanguan. Not the aliases: a letter off is another household.
  searchableAttributes: [...EXACT_ATTRIBUTES, "looseNames", "loose"],
  filterableAttributes: [
    ...["categories", "regions", "counties", "cooperativeId", "gradeCode", "harvestMonth"],
    ...["priceBand", "shipsFromDay", "inStock", "certificates", "called", "cooperative"],
  ],
  sortableAttributes: ["publishedAt", "fenPerJin", "inStock", "households", "_geo"],
  faceting: { maxValuesPerFacet: 2_000 },
  displayedAttributes: ["id", "version", "digest"],
  // What is sold out stands last, whatever is asked for; then the buyer's own order. Where a word
  // stands says more than how near to another: "hj" is 花椒 before all else that has these letters.
  rankingRules: [
    ...["inStock:desc", "sort", "words", "typo", "attribute", "proximity", "exactness"],
    "publishedAt:desc",
  ],
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: SHORTEST_ONE_TYPO, twoTypos: SHORTEST_TWO_TYPOS },
    disableOnAttributes: EXACT_ATTRIBUTES,
    disableOnNumbers: true,
  },
  pagination: { maxTotalHits: DEEPEST_HIT + 100 },
};
