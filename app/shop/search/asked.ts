import {
  type FilterName,
  type Filters,
  filterNames,
  isFilterValue,
  type Sort,
  sorts,
} from "#search/filters.ts";

/** What the URL of a search says. Every search is such a URL, so it can be shared and bookmarked. */
export type Asked = Record<FilterName, string> & {
  text: string;
  sort: Sort;
  page: number;
  /** Whether every choice is looked for, also where more is found than is counted. */
  withEveryChoice: boolean;
};

/** All that `searchHref` may write; a search with anything else is not the same for all who ask. */
export const searchFields: readonly string[] = ["q", ...filterNames, "sort", "page", "choices"];

export const LONGEST_TEXT = 200;
const LAST_PAGE = 400;

/** Nothing chosen: what "all filters off" changes a search to. */
export const noFilters = Object.fromEntries(filterNames.map((name) => [name, ""])) as Record<
  FilterName,
  string
>;

/** Reads a search from its URL; whatever makes no sense there counts as not said. */
export function readAsked(url: URL): Asked {
  const said = (name: string) => (url.searchParams.get(name) ?? "").replaceAll("\0", "").trim();
  const page = Number.parseInt(said("page"), 10);
  const filters = { ...noFilters };
  for (const name of filterNames) {
    const value = said(name);
    if (!isFilterValue(name, value)) continue;
    // "51" is written out, as it stands among the choices: 510000.
    filters[name] = name === "region" ? value.padEnd(6, "0") : value;
  }
  return {
    text: [...said("q")].slice(0, LONGEST_TEXT).join(""),
    ...filters,
    sort: sorts.find((sort) => sort === said("sort")) ?? "relevance",
    page: page >= 1 ? Math.min(page, LAST_PAGE) : 1,
    withEveryChoice: said("choices") === "all",
  };
}

/** Whether more was typed than is looked for. */
export const isCutShort = (url: URL): boolean =>
  [...(url.searchParams.get("q") ?? "").replaceAll("\0", "").trim()].length > LONGEST_TEXT;

/** The filters that are set, in the order in which they are shown. */
export function chosenFilters(asked: Asked): [FilterName, string][] {
  return filterNames.flatMap((name): [FilterName, string][] =>
    asked[name] ? [[name, asked[name]]] : [],
  );
}

export const filtersOf = (asked: Asked): Filters => Object.fromEntries(chosenFilters(asked));

/**
 * The URL of a search like this one, with something changed; a change goes back to page one, and
 * every choice is looked for again only where that is asked for.
 */
export function searchHref(asked: Asked, change: Partial<Asked> = {}): string {
  const next = { ...asked, page: 1, withEveryChoice: false, ...change };
  const said = new URLSearchParams();
  if (next.text) said.set("q", next.text);
  for (const [name, value] of chosenFilters(next)) said.set(name, value);
  if (next.sort !== "relevance") said.set("sort", next.sort);
  if (next.page > 1) said.set("page", String(next.page));
  if (next.withEveryChoice) said.set("choices", "all");
  return said.size > 0 ? `/search?${said}` : "/search";
}
