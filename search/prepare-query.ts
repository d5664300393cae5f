import type { SearchQuery } from "./engine.ts";
import { regionPrefix } from "./listing-words.ts";
import { type QueryPart, queryParts } from "./query-parts.ts";

const LARGEST_PAGE = 100;
export const DEEPEST_HIT = 10_000;

export type PreparedQuery = {
  parts: QueryPart[];
  category: string | null;
  /** A prefix of a region code. */
  region: string | null;
  sort: "relevance" | "newest" | "price";
  limit: number;
  offset: number;
};

function whole(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, Math.trunc(value))) : least;
}

/**
 * The same reading of a query for both engines. Null when nothing can be found: a filter that is
 * no code, or a text without a letter or digit.
 */
export function prepareQuery(query: SearchQuery): PreparedQuery | null {
  const parts = queryParts(query.text);
  const category = query.category || null;
  const region = query.region ? regionPrefix(query.region) : null;
  if (parts.length === 0 && query.text.trim() !== "") return null;
  if (category && !/^[a-z0-9-]{1,60}$/.test(category)) return null;
  if (query.region && !region) return null;
  const sort = query.sort ?? "relevance";
  return {
    parts,
    category,
    region,
    // Without a text nothing is more relevant than anything else.
    sort: sort === "relevance" && parts.length === 0 ? "newest" : sort,
    limit: whole(query.limit, 1, LARGEST_PAGE),
    offset: whole(query.offset, 0, DEEPEST_HIT),
  };
}

/**
 * The parts that still count when not all can be found together: any of them will do, but a
 * single character or digit says too little, unless there is nothing else.
 */
export function telling(parts: readonly QueryPart[]): QueryPart[] {
  const longer = parts.filter((part) => [...part.word].length > 1);
  return longer.length > 0 ? longer : [...parts];
}
