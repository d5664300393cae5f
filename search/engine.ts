import type { Facets, FilterName, Filters, Sort } from "./filters.ts";

/** What a buyer asks: all of it can stand in a URL. A region is a prefix: province, city, county. */
export type SearchQuery = Filters & {
  text: string;
  sort?: Sort;
  limit: number;
  offset: number;
  /** Whether what could be chosen further is counted as well. */
  withFacets?: boolean;
  /** Whether, of more than is counted, every value is looked for that none of the counted has. */
  withEveryChoice?: boolean;
};

export type SearchHits = {
  /** Best first. */
  listingIds: string[];
  /** How many can be leafed through. */
  total: number;
  /** True when there are more than `total`: they are not counted. */
  isCapped?: boolean;
  engine: "meilisearch" | "postgres";
  /** True when nothing has all that was asked for, and these have some of it. */
  isPartial?: boolean;
  /** True when nothing is called as was asked, and these sound or are typed almost so. */
  isGuess?: boolean;
  facets?: Facets;
  /** Filters whose counts are the least there are, of as many hits as are counted. */
  cappedFacets?: FilterName[];
  /** True when what is not counted may have further values, which were not looked for. */
  hasMoreChoices?: boolean;
};

/** What answers a search. `signal` gives up on an answer that is no longer waited for. */
export interface SearchReader {
  readonly name: "meilisearch" | "postgres" | "failover";
  search(query: SearchQuery, signal?: AbortSignal): Promise<SearchHits>;
  /** True when it could answer a search now. */
  healthy(): Promise<boolean>;
  /** Where one engine stands in for another: true while the first of them answers. */
  leads?(): Promise<boolean>;
}

/** One interface, two engines; search/query.ts puts them behind a circuit breaker. */
export interface SearchEngine extends SearchReader {
  /** Makes what search knows of a listing agree with the database. Safe to repeat. */
  syncListing(listingId: string): Promise<void>;
}
