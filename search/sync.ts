import { type Kysely, sql } from "kysely";
import type { Meilisearch } from "meilisearch";
import type { DB } from "#db/schema.d.ts";
import { readDocuments } from "./document.ts";
import { dropDocument, keepDocuments } from "./keep-documents.ts";
import { hasListingsIndex, LISTINGS_INDEX } from "./meilisearch.ts";
import { meilisearchDocument } from "./meilisearch-document.ts";

/** First half of the advisory lock's key: "one sync of a listing at a time". */
const LOCK_CLASS = 7_405_002;
const TASK_TIMEOUT_MS = 30_000;

/**
 * Makes what both engines know of a listing agree with the database: its document as of now, or
 * none when it is not for sale. Safe to repeat and to run late. Throws when Meilisearch is down
 * or refuses, after PostgreSQL has its document, so that the job is tried again.
 * Holds a session lock on the listing, not a transaction: whoever writes second has also read
 * second, so an older document never comes after a newer one in either engine.
 */
export async function syncListing(
  db: Kysely<DB>,
  meili: Meilisearch | undefined,
  listingId: string,
  indexUid = LISTINGS_INDEX,
): Promise<void> {
  const task = await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK_CLASS}, hashtext(${listingId}))`.execute(connection);
    try {
      const [document] = await readDocuments(connection, [listingId]);
      if (document) await keepDocuments(connection, [document]);
      else await dropDocument(connection, listingId);
      // Adding to an index that is not there would make one that holds this listing alone, and
      // buyers would be shown nothing else. Reindexing makes an index, whole.
      if (!meili || !(await hasListingsIndex(meili, indexUid))) return null;
      const index = meili.index(indexUid);
      return document
        ? await index.addDocuments([meilisearchDocument(document)], { primaryKey: "id" })
        : await index.deleteDocument(listingId);
    } finally {
      await sql`select pg_advisory_unlock(${LOCK_CLASS}, hashtext(${listingId}))`.execute(
        connection,
      );
    }
  });
  if (meili && task) await finish(meili, task);
  // Pages drawn between the change and now may hold what the engine found before.
  await sql`select pg_notify('shop', ${listingId})`.execute(db);
}

/** Meilisearch only takes note of a change when asked; it is done when its task is. */
export async function finish(meili: Meilisearch, task: { taskUid: number }): Promise<void> {
  const done = await meili.tasks.waitForTask(task.taskUid, {
    timeout: TASK_TIMEOUT_MS,
    interval: 20,
  });
  if (done.status !== "succeeded") {
    throw new Error(`Meilisearch task ${done.uid} ${done.status}: ${done.error?.code ?? ""}`);
  }
}
