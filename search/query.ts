import type { Kysely } from "kysely";
import { type ListingCard, readCards } from "#app/domain/listings/read-cards.ts";
import { type FilterNames, readFilterNames } from "#app/domain/listings/read-filter-names.ts";
import type { DB } from "#db/schema.d.ts";
import type { SearchEngine, SearchHits, SearchQuery, SearchReader } from "./engine.ts";
import { createFailover } from "./failover.ts";
import type { Facets, FilterName } from "./filters.ts";
import { suggest } from "./market-names.ts";
import { connectMeilisearch, createMeilisearch } from "./meilisearch.ts";
import { createPostgresSearch } from "./postgres.ts";
import { syncListing } from "./sync.ts";

/**
 * The market's search: Meilisearch behind a circuit breaker where it is set, else and in its
 * absence PostgreSQL. `onFailover` hears every answer that Meilisearch did not give.
 */
export function createSearch(options: {
  db: Kysely<DB>;
  meiliUrl?: string;
  meiliKey?: string;
  onFailover?: (error: unknown) => void;
}): SearchEngine {
  const { db, meiliUrl, meiliKey, onFailover } = options;
  const meili = meiliUrl ? connectMeilisearch(meiliUrl, meiliKey) : undefined;
  const postgres = createPostgresSearch(db);
  const reader = meili ? createFailover(createMeilisearch(meili), postgres, onFailover) : postgres;
  return { ...reader, syncListing: (listingId) => syncListing(db, meili, listingId) };
}

/** Names on the market, at most a minute old, that fit what is typed so far: at most six. */
export function searchSuggestions(
  db: Kysely<DB>,
  text: string,
  locale: "zh" | "en",
): Promise<string[]> {
  return suggest(db, text, locale);
}

export type ListingsFound = {
  cards: ListingCard[];
  total: number;
  /** True when there are more than `total`, not counted. */
  isCapped: boolean;
  engine: SearchHits["engine"];
  /** True when nothing has all that was asked for, and these have some of it. */
  isPartial: boolean;
  /** True when nothing is called as was asked, and these sound or are typed almost so. */
  isGuess: boolean;
  /** How many each further choice would show, and what the choices are called. */
  facets?: Facets;
  /** Filters whose counts are the least there are. */
  cappedFacets: FilterName[];
  /** True when there may be further choices, which were not looked for. */
  hasMoreChoices: boolean;
  names: FilterNames;
  /** Names on the market that fit what was typed. */
  suggestions: string[];
};

/**
 * What a buyer asked for, as cards: one question to the engine, reads of the database at once.
 * The cards say what is true now; a listing withdrawn since it was indexed is not among them.
 */
export async function searchListings(
  db: Kysely<DB>,
  engine: SearchReader,
  query: SearchQuery,
  locale: "zh" | "en",
): Promise<ListingsFound> {
  const [hits, suggestions] = await Promise.all([
    engine.search(query),
    suggest(db, query.text, locale),
  ]);
  const {
    listingIds,
    facets,
    isPartial = false,
    isGuess = false,
    isCapped = false,
    cappedFacets = [],
    hasMoreChoices = false,
    ...answer
  } = hits;
  const codes = (counted: keyof Facets) =>
    [...Object.keys(facets?.[counted] ?? {}), query[counted] ?? ""].filter(Boolean);
  const [cards, names] = await Promise.all([
    readCards(db, locale, listingIds),
    readFilterNames(db, locale, {
      categories: codes("category"),
      regions: codes("region"),
      cooperatives: codes("cooperative"),
    }),
  ]);
  return {
    ...answer,
    isPartial,
    isGuess,
    isCapped,
    cappedFacets,
    hasMoreChoices,
    cards,
    names,
    suggestions,
    ...(facets && { facets }),
  };
}
