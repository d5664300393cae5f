import type { CooperativeNames } from "./cooperative-names.ts";
import { isCropName } from "./crop-names.ts";
import type { SearchQuery } from "./engine.ts";
import { type Filters, filterNames, isFilterValue, type Sort } from "./filters.ts";
import { regionPrefix } from "./listing-words.ts";
import { isCode, type QueryPart, queryReadings } from "./query-parts.ts";

const LARGEST_PAGE = 100;
export const DEEPEST_HIT = 10_000;

export type PreparedQuery = {
  parts: QueryPart[];
  /** All ways in which the text may be read, `parts` among them: the first that finds anything counts. */
  readings: QueryPart[][];
  /** Checked, the region as a prefix: "51", "5134", "513423". */
  filters: Filters;
  sort: Sort;
  limit: number;
  offset: number;
  withFacets: boolean;
  withEveryChoice: boolean;
  /** "2026-11-23" on the clocks of China. */
  today: string;
};

// Swedish writes a date as the database does.
const chineseDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" });

function whole(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, Math.trunc(value))) : least;
}

/**
 * The same reading of a query for both engines. Null when nothing can be found: a filter that is
 * no code, or a text without a letter or digit.
 */
export function prepareQuery(
  query: SearchQuery,
  cooperatives: CooperativeNames,
): PreparedQuery | null {
  const { plain: parts, readings } = queryReadings(query.text, cooperatives);
  if (parts.length === 0 && query.text.trim() !== "") return null;
  const filters: Filters = {};
  for (const name of filterNames) {
    const value = query[name];
    if (!value) continue;
    const checked = name === "region" ? regionPrefix(value) : value;
    if (!checked || !isFilterValue(name, checked)) return null;
    filters[name] = checked;
  }
  const sort = query.sort ?? "relevance";
  return {
    ...{ parts, readings },
    filters,
    // Without a text nothing is more relevant than anything else.
    sort: sort === "relevance" && parts.length === 0 ? "newest" : sort,
    limit: whole(query.limit, 1, LARGEST_PAGE),
    offset: whole(query.offset, 0, DEEPEST_HIT),
    withFacets: query.withFacets ?? false,
    withEveryChoice: query.withEveryChoice ?? false,
    today: chineseDay.format(new Date()),
  };
}

/** What a crop's name begins with is another crop: 木耳菜 is no 木耳, though 白木耳 is its kin. */
function withoutModifiers(part: QueryPart): QueryPart {
  if (part.script !== "han" || !part.nameOf || part.grams.length < 2) return part;
  const { word } = part;
  const grams = part.grams.filter((gram) => word.endsWith(gram) || !isCropName([gram]));
  return { ...part, grams: grams.length > 0 ? grams : [word] };
}

/**
 * The parts that still count when not all can be found together, of which any will do: first words,
 * but a single character or digit says too little, unless there is nothing else; then what is certified
 * as was asked, which need not be what was asked.
 */
export function telling(parts: readonly QueryPart[]): QueryPart[][] {
  const words = parts.filter((part) => !isCode(part)).map(withoutModifiers);
  const longer = words.filter((part) => [...part.word].length > 1);
  return [longer.length > 0 ? longer : words, parts.filter(isCode)].filter(
    (some) => some.length > 0,
  );
}
