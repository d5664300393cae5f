import { createDb, createPool } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { seed } from "#db/seed/seed.ts";
import type { SearchReader } from "#search/engine.ts";
import { createPostgresSearch } from "#search/postgres.ts";
import { reindex } from "#search/reindex.ts";
import type { Measured } from "./figures.ts";
import type { Place } from "./place.ts";
import { makeQueries, type Query } from "./search/queries.ts";
import { readOffered } from "./search/read-offered.ts";

const QUERIES = 500;
const SHOWN = 20;
const MOST_MISSES = 40;

/** Share of the listings that 500 queries ask for and that stand among the first twenty. */
export async function searchRecall({ adminUrl, family, isQuick }: Place): Promise<Measured> {
  await migrate(adminUrl);
  const db = createDb(createPool(adminUrl, 4));
  family.atEnd(() => db.destroy());
  const scale = isQuick ? 1 : 10;
  await seed(db, { scale });
  await reindex(db, undefined);
  const offers = await readOffered(db);
  const queries = makeQueries(offers, QUERIES);
  const engine = createPostgresSearch(db);
  const answers: { query: Query; recall: number }[] = [];
  for (const query of queries) answers.push({ query, recall: await recallOf(engine, query) });
  const mean = (of: readonly { recall: number }[]) =>
    of.reduce((sum, { recall }) => sum + recall, 0) / of.length;
  const kinds = [...new Set(queries.map(({ kind }) => kind))];
  return {
    value: mean(answers),
    detail: {
      first: `share of what a query must find among its first ${SHOWN}; where that is more, of ${SHOWN}`,
      engine: engine.name,
      ...{ queries: queries.length, listings: offers.length, scale },
      kinds: Object.fromEntries(
        kinds.map((kind) => {
          const ofKind = answers.filter(({ query }) => query.kind === kind);
          return [kind, { queries: ofKind.length, recall: Number(mean(ofKind).toFixed(4)) }];
        }),
      ),
      misses: answers
        .filter(({ recall }) => recall < 1)
        .slice(0, MOST_MISSES)
        .map(({ query: { kind, text }, recall }) => `${kind}: ${text} ${recall.toFixed(2)}`),
    },
  };
}

async function recallOf(engine: SearchReader, { text, expected }: Query): Promise<number> {
  const { listingIds } = await engine.search({ text, limit: SHOWN, offset: 0 });
  const found = listingIds.filter((id) => expected.includes(id)).length;
  return found / Math.min(SHOWN, expected.length);
}
