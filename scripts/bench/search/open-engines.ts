import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { SearchReader } from "#search/engine.ts";
import { connectMeilisearch, createMeilisearch } from "#search/meilisearch.ts";
import { createPostgresSearch } from "#search/postgres.ts";
import { reindex } from "#search/reindex.ts";
import { say } from "../../start/say.ts";
import { openSearch } from "../../start/services.ts";
import { readSettings } from "../../start/settings.ts";
import type { Place } from "../place.ts";

const KEY = "only-for-this-bench";

/**
 * Every engine that a market on this machine may be searched by, with all its documents: PostgreSQL
 * and, where its program is on PATH, a Meilisearch of the bench's own, which leads where it is.
 */
export async function openEngines(db: Kysely<DB>, { folder, family }: Place) {
  // Never a MEILI_URL: its index belongs to a market.
  const settings = readSettings({ DATA_DIR: folder });
  const server = await openSearch(settings, KEY, family);
  const meili = server && connectMeilisearch(server.url, server.key);
  await reindex(db, meili);
  const engines: SearchReader[] = [createPostgresSearch(db)];
  if (meili) engines.unshift(createMeilisearch(meili));
  else say("! no meilisearch on PATH: PostgreSQL's search alone is measured");
  return engines;
}
