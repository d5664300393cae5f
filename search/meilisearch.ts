import {
  Meilisearch,
  MeilisearchApiError,
  type MultiSearchFederation,
  type MultiSearchQuery,
} from "meilisearch";
import type { SearchHits, SearchReader } from "./engine.ts";
import { cooperativesOfIndex } from "./known-cooperatives.ts";
import { placeOfDay } from "./meilisearch-document.ts";
import {
  codeFilter,
  facetQuestions,
  facetsOf,
  type MeilisearchFilter,
  meilisearchFilter,
} from "./meilisearch-filters.ts";
import { EXACT_ATTRIBUTES, SETTINGS_VERSION } from "./meilisearch-settings.ts";
import { meilisearchWord } from "./meilisearch-word.ts";
import { type PreparedQuery, prepareQuery, telling } from "./prepare-query.ts";
import {
  bySight,
  bySightAndSound,
  bySound,
  cropNamesOf,
  isCode,
  mayHaveTypo,
  type QueryPart,
} from "./query-parts.ts";
import { SHORTEST_ONE_TYPO } from "./typing-distance.ts";

export const LISTINGS_INDEX = `listings_v${SETTINGS_VERSION}`;
const WHOLE_NAMES = ["looseNames"];
const MOST_LOOSE_QUERIES = 12;
const MOST_SIGHTS = 12;
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
  const cooperatives = cooperativesOfIndex(client, indexUid);
  return {
    name: "meilisearch",
    async search(query, signal) {
      const prepared = prepareQuery(query, await cooperatives(signal));
      if (!prepared) return { listingIds: [], total: 0, engine: "meilisearch" };
      let exact: SearchHits | undefined;
      for (const parts of prepared.readings) {
        exact = await findAll(client, indexUid, { ...prepared, parts }, EXACT_ATTRIBUTES, signal);
        if (exact.total > 0 || parts.length === 0) return exact;
      }
      for (const { parts, attributes } of guesses(prepared.parts)) {
        const guessed = await findAll(client, indexUid, { ...prepared, parts }, attributes, signal);
        if (guessed.total > 0) return { ...guessed, isGuess: true };
      }
      for (const any of telling(prepared.parts)) {
        const some = await findAny(client, indexUid, prepared, any, signal);
        if (some.total > 0) return some;
      }
      // With nothing to show, what the filters hide of the very thing that was asked for leads on.
      return { listingIds: [], total: 0, engine: "meilisearch", ...exact, isPartial: true };
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

/** One word of each part, in every way. */
const together = (meant: QueryPart[][]): QueryPart[][] =>
  meant.reduce<QueryPart[][]>(
    (all, words) =>
      all.flatMap((some) => words.map((word) => [...some, word])).slice(0, MOST_SIGHTS),
    [[]],
  );

/** What the parts may be meant for, the likeliest first: as they look, as they sound, with typos mended. */
function* guesses(parts: QueryPart[]): Generator<{ parts: QueryPart[]; attributes: string[] }> {
  for (const seen of together(bySight(parts) ?? []).filter((words) => words.length > 0)) {
    yield { parts: seen, attributes: EXACT_ATTRIBUTES };
  }
  const heard = bySound(parts)?.flatMap((meant) => meant.slice(-1));
  if (heard) yield { parts: heard, attributes: EXACT_ATTRIBUTES };
  const both = bySightAndSound(parts)?.flatMap((meant) => meant.slice(-1));
  if (both) yield { parts: both, attributes: EXACT_ATTRIBUTES };
  const typed = heard ?? parts;
  if (!typed.some(mayHaveTypo)) return;
  const [only, ...more] = typed.filter((part) => !isCode(part));
  // So short a word is near to too many: it may be meant for a crop's whole name.
  const isShort = more.length === 0 && only?.word.length === SHORTEST_ONE_TYPO;
  yield { parts: typed, attributes: isShort ? WHOLE_NAMES : ["*"] };
}

/** Chinese is asked for by its 2-grams: all of them stand where the word stands. */
const piecesOf = (part: QueryPart) =>
  (part.script === "han" ? part.grams : isCode(part) ? [] : [part.word]).map(meilisearchWord);

/**
 * The last word alone may be a beginning, and nobody stops typing in the middle of a character; a
 * space behind it says that it is whole.
 */
function asked(parts: readonly QueryPart[], attributes: string[]): string {
  const sorted = parts.toSorted((a, b) => a.script.localeCompare(b.script));
  const last = sorted.at(-1);
  const isWhole = attributes === WHOLE_NAMES || (last?.script === "latin" && last.isSound);
  return sorted.flatMap(wordsOf).join(" ") + (isWhole ? " " : "");
}

/** What is in quotes is meant as it stands: no beginning, and no typo in it. */
function wordsOf(part: QueryPart): string[] {
  const isFixed = part.script === "latin" && (part.nameOf || part.isSound) && !mayHaveTypo(part);
  return isFixed ? [`"${part.word}"`] : piecesOf(part);
}

/** What both ways of asking share. */
function common({ sort, today }: PreparedQuery) {
  const { lat, lng } = placeOfDay(today);
  return {
    sort: {
      relevance: [],
      price: ["fenPerJin:asc"],
      newest: ["publishedAt:desc"],
      harvest: [`_geoPoint(${lat}, ${lng}):asc`],
      households: ["households:desc"],
    }[sort],
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
  const { limit, offset, withFacets, today } = query;
  const q = asked(query.parts, attributesToSearchOn);
  const same = { indexUid, q, attributesToSearchOn, ...common(query) };
  const filter = meilisearchFilter(query);
  const kinds = meilisearchFilter(query, "category");
  // Its letters and digits cannot break a filter. Of whatever kind, should one be chosen that is
  // called otherwise.
  const called = cropNamesOf(query.parts).map((name) => `called = "${name}"`);
  const queries = [
    { ...same, filter, limit, offset },
    ...(called.length > 0 ? [{ ...same, filter: [...kinds, ...called], limit: 1, offset: 0 }] : []),
    ...(withFacets ? facetQuestions(query) : []).map(({ leftOut, facets }) => ({
      ...{ ...same, filter: meilisearchFilter(query, leftOut) },
      ...{ facets, limit: 0, offset: 0 },
    })),
  ];
  const { results } = await client.multiSearch<{ queries: typeof queries }, { id: string }>(
    { queries },
    { signal },
  );
  const [found, ...more] = results;
  const counted = called.length > 0 ? more.slice(1) : more;
  const isElse = called.length > 0 && found?.hits.length !== 0 && more[0]?.hits.length === 0;
  const answers = counted.map(({ facetDistribution }) => facetDistribution);
  return {
    listingIds: found?.hits.map((hit) => hit.id) ?? [],
    total: found?.estimatedTotalHits ?? 0,
    engine: "meilisearch",
    ...(isElse && { isPartial: true }),
    ...(withFacets && { facets: facetsOf(answers, today) }),
  };
}

/** Any piece of these parts will do: its own query each, merged by how well they match. */
async function findAny(
  client: Meilisearch,
  indexUid: string,
  query: PreparedQuery,
  parts: QueryPart[],
  signal?: AbortSignal,
): Promise<SearchHits> {
  const { limit, offset, withFacets, today } = query;
  const codes = parts.filter(isCode).flatMap(codeFilter);
  const pieces = codes.length > 0 ? [""] : [...new Set(parts.flatMap(piecesOf))];
  const filters = { ...query, parts: [] };
  const ask = (filter: MeilisearchFilter, federation: MultiSearchFederation) => {
    const queries: MultiSearchQuery[] = pieces.slice(0, MOST_LOOSE_QUERIES).map((q) => ({
      ...{ indexUid, q, attributesToSearchOn: EXACT_ATTRIBUTES },
      filter: codes.length > 0 ? [codes, ...filter] : filter,
      ...common(query),
    }));
    return client.multiSearch<
      { federation: MultiSearchFederation; queries: typeof queries },
      { id: string }
    >({ federation, queries }, { signal });
  };
  const [found, ...counted] = await Promise.all([
    ask(meilisearchFilter(filters), { limit, offset }),
    ...(withFacets ? facetQuestions(query) : []).map(({ leftOut, facets }) =>
      ask(meilisearchFilter(filters, leftOut), { limit: 0, facetsByIndex: { [indexUid]: facets } }),
    ),
  ]);
  const answers = counted.map(({ facetsByIndex }) => facetsByIndex?.[indexUid]?.distribution);
  return {
    listingIds: found.hits.map((hit) => hit.id),
    total: found.estimatedTotalHits ?? found.hits.length,
    engine: "meilisearch",
    isPartial: true,
    ...(withFacets && { facets: facetsOf(answers, today) }),
  };
}
