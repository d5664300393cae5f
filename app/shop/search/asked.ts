export const sorts = ["relevance", "newest", "price"] as const;

/** What the URL of a search says. Every search is such a URL, so it can be shared and bookmarked. */
export type Asked = {
  text: string;
  category: string;
  region: string;
  sort: (typeof sorts)[number];
  page: number;
};

const LONGEST_TEXT = 200;
const LAST_PAGE = 400;

/** Reads a search from its URL; whatever makes no sense there counts as not said. */
export function readAsked(url: URL): Asked {
  const said = (name: string) => (url.searchParams.get(name) ?? "").replaceAll("\0", "").trim();
  const page = Number.parseInt(said("page"), 10);
  return {
    text: [...said("q")].slice(0, LONGEST_TEXT).join(""),
    category: /^[a-z0-9-]{1,60}$/.test(said("category")) ? said("category") : "",
    // "51" is written out, as it stands among the choices: 510000.
    region: /^\d{2,9}$/.test(said("region")) ? said("region").padEnd(6, "0") : "",
    sort: sorts.find((sort) => sort === said("sort")) ?? "relevance",
    page: page >= 1 ? Math.min(page, LAST_PAGE) : 1,
  };
}

/** The URL of a search like this one, with something changed; a change goes back to page one. */
export function searchHref(asked: Asked, change: Partial<Asked> = {}): string {
  const { text, category, region, sort, page } = { ...asked, page: 1, ...change };
  const said = new URLSearchParams();
  if (text) said.set("q", text);
  if (category) said.set("category", category);
  if (region) said.set("region", region);
  if (sort !== "relevance") said.set("sort", sort);
  if (page > 1) said.set("page", String(page));
  return said.size > 0 ? `/search?${said}` : "/search";
}
