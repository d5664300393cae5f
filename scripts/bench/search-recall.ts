import { createDb, createPool } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { seed } from "#db/seed/seed.ts";
import type { Measured } from "./figures.ts";
import type { Place } from "./place.ts";
import { openEngines } from "./search/open-engines.ts";
import { makeQueries } from "./search/queries.ts";
import { readOffered } from "./search/read-offered.ts";
import { measureRecall, SHOWN } from "./search/recall.ts";

const QUERIES = 500;

/** Share of the listings that 500 queries ask for and that stand among the first twenty. */
export async function searchRecall(place: Place): Promise<Measured> {
  const { adminUrl, family, isQuick } = place;
  await migrate(adminUrl);
  const db = createDb(createPool(adminUrl, 4));
  family.atEnd(() => db.destroy());
  const scale = isQuick ? 1 : 10;
  await seed(db, { scale });
  const engines = await openEngines(db, place);
  const offers = await readOffered(db);
  const queries = makeQueries(offers, QUERIES);
  const measured: [name: string, recall: Awaited<ReturnType<typeof measureRecall>>][] = [];
  for (const engine of engines) measured.push([engine.name, await measureRecall(engine, queries)]);
  return {
    // Any of them may be the one that buyers are answered by.
    value: Math.min(...measured.map(([, { value }]) => value)),
    detail: {
      first: `share of what a query must find among its first ${SHOWN}; where that is more, of ${SHOWN}; the engine that finds least`,
      ...{ queries: queries.length, listings: offers.length, scale },
      engines: Object.fromEntries(measured),
    },
  };
}
