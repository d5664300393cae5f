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
};

/** One interface, two engines; search/query.ts puts them behind a circuit breaker. */
export interface SearchEngine {
  readonly name: "meilisearch" | "postgres" | "failover";
  search(query: SearchQuery): Promise<SearchHits>;
  /** True when it could answer a search now. */
  healthy(): Promise<boolean>;
}
