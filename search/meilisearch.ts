import { Meilisearch, MeilisearchApiError, type MultiSearchQuery } from "meilisearch";
import type { SearchHits, SearchReader } from "./engine.ts";
import { EXACT_ATTRIBUTES, SETTINGS_VERSION } from "./meilisearch-settings.ts";
import { type PreparedQuery, prepareQuery, telling } from "./prepare-query.ts";
import type { QueryPart } from "./query-parts.ts";

export const LISTINGS_INDEX = `listings_v${SETTINGS_VERSION}`;
const MOST_LOOSE_QUERIES = 12;
const CALL_TIMEOUT_MS = 10_000;

export function connectMeilisearch(url: string, key?: string): Meilisearch {
  return new Meilisearch({ host: url, apiKey: key, timeout: CALL_TIMEOUT_MS });
}

export async function hasListingsIndex(
  client: Meilisearch,
  indexUid = LISTINGS_INDEX,
): Promise<boolean> {
  try {
    await client.getRawIndex(indexUid);
    return true;
  } catch (error) {
    if (error instanceof MeilisearchApiError && error.cause?.code === "index_not_found")
      return false;
    throw error;
  }
}

export function createMeilisearch(client: Meilisearch, indexUid = LISTINGS_INDEX): SearchReader {
  return {
    name: "meilisearch",
    async search(query, signal) {
      const prepared = prepareQuery(query);
      if (!prepared) return { listingIds: [], total: 0, engine: "meilisearch" };
      const exact = await findAll(client, indexUid, prepared, EXACT_ATTRIBUTES, signal);
      if (exact.total > 0 || prepared.parts.length === 0) return exact;
      const mended = await findAll(client, indexUid, prepared, ["*"], signal);
      if (mended.total > 0) return mended;
      return findAny(client, indexUid, prepared, signal);
    },
    healthy: () =>
      client
        .index(indexUid)
        .search("", { limit: 0 }, { signal: AbortSignal.timeout(1_000) })
        .then(
          () => true,
          () => false,
        ),
  };
}

/** Chinese is asked for by its 2-grams, so that Meilisearch's own cutting of words cannot differ. */
const piecesOf = (part: QueryPart) => (part.script === "han" ? part.grams : [part.word]);

/** What both ways of asking share. Codes are checked by prepareQuery: they cannot break a filter. */
function common({ category, region, sort }: PreparedQuery) {
  return {
    filter: [
      ...(category ? [`categories = "${category}"`] : []),
      ...(region ? [`regions = "${region}"`] : []),
    ],
    sort: { relevance: [], newest: ["publishedAt:desc"], price: ["fenPerJin:asc"] }[sort],
    locales: ["cmn", "eng"] as ("cmn" | "eng")[],
    attributesToRetrieve: ["id"],
    matchingStrategy: "all" as const,
  };
}

async function findAll(
  client: Meilisearch,
  indexUid: string,
  query: PreparedQuery,
  attributesToSearchOn: string[],
  signal?: AbortSignal,
): Promise<SearchHits> {
  const found = await client
    .index<{ id: string }>(indexUid)
    .search(
      query.parts.flatMap(piecesOf).join(" "),
      { ...common(query), attributesToSearchOn, limit: query.limit, offset: query.offset },
      { signal },
    );
  return {
    listingIds: found.hits.map((hit) => hit.id),
    total: found.estimatedTotalHits,
    engine: "meilisearch",
  };
}

/** Any piece will do: its own query each, merged by how well they match. */
async function findAny(
  client: Meilisearch,
  indexUid: string,
  query: PreparedQuery,
  signal?: AbortSignal,
): Promise<SearchHits> {
  const pieces = [...new Set(telling(query.parts).flatMap(piecesOf))].slice(0, MOST_LOOSE_QUERIES);
  const queries: MultiSearchQuery[] = pieces.map((q) => ({
    ...{ indexUid, q, attributesToSearchOn: EXACT_ATTRIBUTES },
    ...common(query),
  }));
  const found = await client.multiSearch<
    { federation: { limit: number; offset: number }; queries: typeof queries },
    { id: string }
  >({ federation: { limit: query.limit, offset: query.offset }, queries }, { signal });
  return {
    listingIds: found.hits.map((hit) => hit.id),
    total: found.estimatedTotalHits ?? found.hits.length,
    engine: "meilisearch",
    isPartial: true,
  };
}
