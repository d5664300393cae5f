import { createPostgresSearch } from "#search/postgres.ts";
import { searchListings } from "#search/query.ts";
import type { Measured } from "./figures.ts";
import { expectStatus, openBrowser } from "./market/browser.ts";
import type { Market } from "./market/open.ts";
import { measurePairs, ratioOf } from "./pairs.ts";
import { p95Of } from "./search/ask-all.ts";
import { fillListings } from "./search/fill-listings.ts";
import { makeQueries } from "./search/queries.ts";
import { readOffered } from "./search/read-offered.ts";

const CARDS_A_PAGE = 16;
const LISTINGS = 100_000;
/** What two minutes are enough for. */
const LISTINGS_QUICKLY = 10_000;

/**
 * A page of results as a browser asks for it, against the same question put to the engine, among a
 * hundred thousand listings.
 */
export async function searchOverhead({ db, url, isQuick }: Market): Promise<Measured> {
  const queries = makeQueries(await readOffered(db), isQuick ? 100 : 300);
  const listings = isQuick ? LISTINGS_QUICKLY : LISTINGS;
  await fillListings(db, listings);
  const engine = createPostgresSearch(db);
  const question = (text: string) => ({ text, limit: CARDS_A_PAGE, offset: 0, withFacets: true });
  const browsers = queries.map((_, at) => openBrowser(url, `127.20.${at >> 6}.${1 + (at & 63)}`));
  const cards: number[] = [];
  let asked = 0;
  try {
    const page = () =>
      p95Of(
        queries.map((query, at) => ({ ...query, browser: browsers[at] })),
        async ({ text, browser }) => {
          // Never the same address twice: a page that is kept ready was not searched for.
          const path = `/search?q=${encodeURIComponent(text)}&asked=${asked++}`;
          const answer = browser && (await browser.get(path));
          if (answer) expectStatus(answer, 200, path);
        },
      );
    const straight = () => p95Of(queries, ({ text }) => engine.search(question(text)));
    const pairs = await measurePairs(isQuick ? 5 : 7, page, straight);
    cards.push(
      await p95Of(queries, ({ text }) => searchListings(db, engine, question(text), "zh")),
    );
    return {
      value: ratioOf(pairs),
      detail: {
        first: "ms, p95 of GET /search?q=…: the whole page, over HTTP, one at a time",
        second: "ms, p95 of the same questions straight at PostgreSQL's search, counts included",
        ...{ engine: engine.name, listings, queries: queries.length, pairs },
        withCardsAndNames: {
          ms: cards[0],
          note: "p95 of the domain's answer, without HTTP and HTML",
        },
      },
    };
  } finally {
    for (const browser of browsers) browser.close();
  }
}
