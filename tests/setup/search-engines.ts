import type { Kysely } from "kysely";
import { afterAll, beforeAll } from "vitest";
import type { DB } from "#db/schema.d.ts";
import type { SearchReader } from "#search/engine.ts";
import { connectMeilisearch, createMeilisearch } from "#search/meilisearch.ts";
import { createPostgresSearch } from "#search/postgres.ts";
import { reindex } from "#search/reindex.ts";
import { makeSearchMarket } from "#tests/factories/search.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { hasMeilisearch, startMeilisearch, type TestMeilisearch } from "./meilisearch.ts";

/**
 * Opens the small market to search in for the tests of one file, in PostgreSQL and, where there is
 * one, in Meilisearch. `prepare` changes the market before it is indexed.
 */
export function openSearchEngines(
  prepare: (db: Kysely<DB>, ids: Record<string, string>) => Promise<void> = async () => {},
) {
  const index = `contract_${process.pid}_v1`;
  let database: TestDatabase;
  let server: TestMeilisearch | undefined;
  let ids: Record<string, string>;

  beforeAll(async () => {
    database = await createTestDatabase();
    ids = await makeSearchMarket(database.db);
    await prepare(database.db, ids);
    server = hasMeilisearch ? await startMeilisearch() : undefined;
    const meili = server && connectMeilisearch(server.url, server.key);
    await reindex(database.db, meili, undefined, index);
  });

  afterAll(async () => {
    if (server) await connectMeilisearch(server.url, server.key).deleteIndexIfExists(index);
    await server?.stop();
    await database?.drop();
  });

  const engines: [string, () => SearchReader][] = [
    ["PostgreSQL", () => createPostgresSearch(database.db)],
  ];
  if (hasMeilisearch) {
    engines.push([
      "Meilisearch",
      () => createMeilisearch(connectMeilisearch(server?.url ?? "", server?.key), index),
    ]);
  } else {
    process.stdout.write("Meilisearch contract SKIPPED: no MEILI_URL and no meilisearch on PATH\n");
  }
  /** The names by which the tests speak of listings. */
  const keysOf = (listingIds: string[]) =>
    listingIds.map((id) => Object.keys(ids).find((key) => ids[key] === id) ?? id);
  return { engines, keysOf, idOf: (key: string) => ids[key] ?? "" };
}
