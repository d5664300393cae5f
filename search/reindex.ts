import { type Kysely, sql } from "kysely";
import type { Meilisearch } from "meilisearch";
import type { DB } from "#db/schema.d.ts";
import { compareEngines } from "./compare.ts";
import { readDocuments, type SearchDocument } from "./document.ts";
import { forgetVersion, keepDocuments } from "./keep-documents.ts";
import { LISTINGS_INDEX } from "./meilisearch.ts";
import { meilisearchDocument } from "./meilisearch-document.ts";
import { meilisearchSettings } from "./meilisearch-settings.ts";
import { finish, syncListing } from "./sync.ts";

const BATCH = 500;
/** "One reindexing of a market at a time": the second would tear down what the first builds. */
const LOCK_KEY = 7_405_003;

type Progress = (done: number, total: number) => unknown;

/** All published listings' documents, in batches, in the order of their ids. */
async function* allDocuments(db: Kysely<DB>): AsyncGenerator<SearchDocument[]> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const batch = await db
      .selectFrom("listings")
      .select("id")
      .where("status", "=", "published")
      .where("id", ">", after)
      .orderBy("id")
      .limit(BATCH)
      .execute();
    const last = batch.at(-1);
    if (!last) return;
    after = last.id;
    yield await readDocuments(
      db,
      batch.map((row) => row.id),
    );
  }
}

/**
 * Makes both engines' documents anew from the market's tables. Buyers are answered all the while:
 * PostgreSQL's documents are replaced one by one, Meilisearch's in a new index that takes the
 * place of the old one at once. What changed meanwhile is mended before it does, so that buyers
 * miss nothing, and once more afterwards, for what changed while it did.
 * Holds a session lock: another one waits and then does it all again.
 */
export async function reindex(
  db: Kysely<DB>,
  meili: Meilisearch | undefined,
  onProgress: Progress = () => {},
  indexUid = LISTINGS_INDEX,
): Promise<{ listings: number; mended: number }> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK_KEY})`.execute(connection);
    try {
      return await reindexAlone(db, meili, onProgress, indexUid);
    } finally {
      await sql`select pg_advisory_unlock(${LOCK_KEY})`.execute(connection);
    }
  });
}

async function reindexAlone(
  db: Kysely<DB>,
  meili: Meilisearch | undefined,
  onProgress: Progress,
  indexUid: string,
): Promise<{ listings: number; mended: number }> {
  const { total } = await db
    .selectFrom("listings")
    .select((select) => select.fn.countAll<number>().as("total"))
    .where("status", "=", "published")
    .executeTakeFirstOrThrow();
  const next = `${indexUid}_next`;
  if (meili) await prepareIndex(meili, next);
  let done = 0;
  for await (const documents of allDocuments(db)) {
    await keepDocuments(db, documents);
    if (meili && documents.length > 0) {
      await finish(meili, await meili.index(next).addDocuments(documents.map(meilisearchDocument)));
    }
    done += documents.length;
    await onProgress(done, total);
  }
  const mended = new Set(await mend(db, meili, next));
  if (meili) {
    await takeOver(meili, next, indexUid);
    for (const listingId of await mend(db, meili, indexUid)) mended.add(listingId);
  }
  return { listings: done, mended: mended.size };
}

/** Brings up to date what an index does not have as the market has it; which listings those were. */
async function mend(
  db: Kysely<DB>,
  meili: Meilisearch | undefined,
  indexUid: string,
): Promise<string[]> {
  const different = await compareEngines(db, meili, indexUid);
  const listingIds = [...new Set(different.map(({ listingId }) => listingId))];
  for (const listingId of listingIds) {
    await forgetVersion(db, listingId);
    await syncListing(db, meili, listingId, indexUid);
  }
  return listingIds;
}

async function prepareIndex(meili: Meilisearch, uid: string): Promise<void> {
  await meili.deleteIndexIfExists(uid);
  await finish(meili, await meili.createIndex(uid, { primaryKey: "id" }));
  await finish(meili, await meili.index(uid).updateSettings(meilisearchSettings));
}

/** Swaps the new index in, and clears away the one before it and those of other versions. */
async function takeOver(meili: Meilisearch, next: string, uid: string): Promise<void> {
  const { results } = await meili.getRawIndexes({ limit: 1_000 });
  const names = results.map((index) => index.uid);
  const rename = !names.includes(uid);
  await finish(meili, await meili.swapIndexes([{ indexes: [next, uid], rename }]));
  const family = uid.replace(/_v\d+$/, "_v");
  const old = names.filter((name) => name !== uid && name.startsWith(family));
  for (const name of old) await meili.deleteIndexIfExists(name);
}
