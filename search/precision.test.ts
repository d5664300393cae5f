import { afterAll, beforeAll, expect, test } from "vitest";
import { seed } from "#db/seed/seed.ts";
import { readUnsoldNames, type Unsold } from "#tests/factories/unsold-names.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import {
  hasMeilisearch,
  startMeilisearch,
  type TestMeilisearch,
} from "#tests/setup/meilisearch.ts";
import type { SearchReader } from "./engine.ts";
import { connectMeilisearch, createMeilisearch } from "./meilisearch.ts";
import { createPostgresSearch } from "./postgres.ts";
import { reindex } from "./reindex.ts";

const index = `precision_${process.pid}_v1`;
const AT_ONCE = 4;
let database: TestDatabase;
let server: TestMeilisearch | undefined;
let unsold: Unsold[];

const meili = () => connectMeilisearch(server?.url ?? "", server?.key);

beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.db, { scale: 1 });
  server = hasMeilisearch ? await startMeilisearch() : undefined;
  await reindex(database.db, server && meili(), undefined, index);
  unsold = await readUnsoldNames(database.db);
}, 180_000);

afterAll(async () => {
  if (server) await meili().deleteIndexIfExists(index);
  await server?.stop();
  await database?.drop();
});

/** Names for which something else is shown as if it were that. */
async function passedOff(engine: SearchReader): Promise<string[]> {
  const wrong: string[] = [];
  for (let at = 0; at < unsold.length; at += AT_ONCE) {
    await Promise.all(
      unsold.slice(at, at + AT_ONCE).map(async ({ crop, text }) => {
        const { total, isPartial } = await engine.search({ text, limit: 3, offset: 0 });
        if (total > 0 && !isPartial) wrong.push(`${crop}: ${text} ${total}`);
      }),
    );
  }
  return wrong.sort();
}

test("the market's own names of what nobody sells are many", () => {
  expect(unsold.length).toBeGreaterThan(500);
});

test("PostgreSQL finds nothing else under the name of what nobody sells", async () => {
  expect(await passedOff(createPostgresSearch(database.db))).toEqual([]);
}, 180_000);

test.runIf(hasMeilisearch)(
  "Meilisearch finds nothing else under the name of what nobody sells",
  async () => {
    expect(await passedOff(createMeilisearch(meili(), index))).toEqual([]);
  },
  180_000,
);
