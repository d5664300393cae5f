/** What a buyer asks: all of it can stand in a URL. */
export type SearchQuery = {
  text: string;
  category?: string;
  /** A prefix of a region code: a province ("51"), city or county. */
  region?: string;
  sort?: "relevance" | "newest" | "price";
  limit: number;
  offset: number;
};

export type SearchHits = {
  /** Best first. */
  listingIds: string[];
  total: number;
  engine: "meilisearch" | "postgres";
  /** True when nothing has all that was asked for, and these have some of it. */
  isPartial?: boolean;
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
