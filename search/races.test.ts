import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { makeSearchMarket } from "#tests/factories/search.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import {
  hasMeilisearch,
  startMeilisearch,
  type TestMeilisearch,
} from "#tests/setup/meilisearch.ts";
import { compareEngines } from "./compare.ts";
import { connectMeilisearch, createMeilisearch } from "./meilisearch.ts";
import { createPostgresSearch } from "./postgres.ts";
import { reindex } from "./reindex.ts";
import { syncListing } from "./sync.ts";

let database: TestDatabase;
let ids: Record<string, string>;
const idOf = (key: string) => ids[key] as string;

beforeAll(async () => {
  database = await createTestDatabase();
  ids = await makeSearchMarket(database.db);
  await reindex(database.db, undefined);
});
afterAll(() => database?.drop());

const setListing = (key: string, set: { title_zh?: string; version?: number; status?: string }) =>
  database.db.updateTable("listings").set(set).where("id", "=", idOf(key)).execute();

const findInPostgres = async (text: string) =>
  (await createPostgresSearch(database.db).search({ text, limit: 24, offset: 0 })).listingIds;

/** Holds what `lock` locks until `meanwhile` is over; nothing that `lock` writes stays. */
async function whileLocked(
  lock: (trx: Kysely<DB>) => Promise<unknown>,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const never = new Error("taken back");
  await database.db
    .transaction()
    .execute(async (trx) => {
      await lock(trx);
      await meanwhile();
      throw never;
    })
    .catch((error) => {
      if (error !== never) throw error;
    });
}

const lockDocument = (key: string) => (trx: Kysely<DB>) =>
  sql`select 1 from search_documents where listing_id = ${idOf(key)} for update`.execute(trx);

describe("a sync that is overtaken", () => {
  test("does not bring back what the one after it took off the shelf", async () => {
    const { db } = database;
    const id = idOf("walnut");
    const { rows } = await sql`delete from search_documents where listing_id = ${id}
      returning *`.execute(db);
    const [document] = rows as Record<string, unknown>[];
    let first: Promise<void> | undefined;
    let second: Promise<void> | undefined;
    // The first one has read what is for sale and waits to write it.
    const written = Object.keys(document ?? {}).filter((column) => column !== "weighed");
    const columns = sql.join(written.map((column) => sql.ref(column)));
    const insertSame = (trx: Kysely<DB>) =>
      sql`insert into search_documents (${columns}) select ${columns}
        from jsonb_populate_record(null::search_documents, ${JSON.stringify(document)}::jsonb)`.execute(
        trx,
      );
    await whileLocked(insertSame, async () => {
      first = syncListing(db, undefined, id);
      await waitUntilBlocked(db, 1);
      await setListing("walnut", { status: "paused" });
      let isOver = false;
      second = syncListing(db, undefined, id).then(() => {
        isOver = true;
      });
      await waitUntilBlocked(db, () => (isOver ? 0 : 2));
    });
    await Promise.all([first, second]);
    expect(await findInPostgres("核桃")).toEqual([]);
    expect(await compareEngines(db, undefined)).toEqual([]);
  });
});

describe("a reindexing", () => {
  test("loses no change that is made between its reading and its writing", async () => {
    const { db } = database;
    let running: ReturnType<typeof reindex> | undefined;
    await whileLocked(lockDocument("garlic"), async () => {
      running = reindex(db, undefined);
      await waitUntilBlocked(db, 1);
      await setListing("pear", { title_zh: "皇冠贡品" });
      await setListing("honey", { status: "paused" });
    });
    expect(await running).toMatchObject({ mended: 2 });
    expect(await findInPostgres("皇冠贡品")).toEqual([idOf("pear")]);
    expect(await findInPostgres("百花蜜")).toEqual([]);
    expect(await compareEngines(db, undefined)).toEqual([]);
  });

  test("takes the market's word where what is kept claims to be newer", async () => {
    const { db } = database;
    await sql`update search_documents set version = 99, document = '{}', terms = ''
      where listing_id = ${idOf("potato")}`.execute(db);
    expect(await findInPostgres("黄心土豆")).toEqual([]);
    await reindex(db, undefined);
    expect(await findInPostgres("黄心土豆")).toEqual([idOf("potato")]);
  });

  test("waits for the one that is under way", async () => {
    const { db } = database;
    const seen: string[] = [];
    let second: ReturnType<typeof reindex> | undefined;
    await reindex(db, undefined, async () => {
      if (second) return;
      second = reindex(db, undefined, () => void seen.push("second"));
      await waitUntilBlocked(db, 1);
      seen.push("first");
    });
    await second;
    expect(seen).toEqual(["first", "second"]);
  });
});

describe.runIf(hasMeilisearch)("a reindexing of Meilisearch", () => {
  const uid = `races_${process.pid}_v1`;
  let server: TestMeilisearch;
  const meili = () => connectMeilisearch(server.url, server.key);
  const find = async (text: string) =>
    (await createMeilisearch(meili(), uid).search({ text, limit: 24, offset: 0 })).listingIds;

  beforeAll(async () => {
    server = await startMeilisearch();
    await reindex(database.db, meili(), undefined, uid);
  });
  afterAll(() => server?.stop());

  test("loses no change that is synced while the new index is built", async () => {
    await reindex(
      database.db,
      meili(),
      async () => {
        await setListing("garlic", { title_zh: "独头蒜王", version: 2 });
        await syncListing(database.db, meili(), idOf("garlic"), uid);
        await setListing("buckwheat", { status: "paused" });
        await syncListing(database.db, meili(), idOf("buckwheat"), uid);
      },
      uid,
    );
    expect(await find("独头蒜王")).toEqual([idOf("garlic")]);
    expect(await find("苦荞米")).toEqual([]);
    expect(await compareEngines(database.db, meili(), uid)).toEqual([]);
  });

  test("answers all the while, with all there is", async () => {
    const all = (await find("")).length;
    const seen = new Set<number>();
    let isOver = false;
    const asking = (async () => {
      while (!isOver) seen.add((await find("")).length);
    })();
    await reindex(database.db, meili(), undefined, uid);
    isOver = true;
    await asking;
    expect([...seen]).toEqual([all]);
  });

  test("twice at once ends with one whole index", async () => {
    await Promise.all([1, 2].map(() => reindex(database.db, meili(), undefined, uid)));
    expect(await compareEngines(database.db, meili(), uid)).toEqual([]);
    // What was swapped out is dropped by a task of Meilisearch's own, in its own time.
    const uids = async () =>
      (await meili().getRawIndexes({ limit: 100 })).results.map((index) => index.uid);
    await expect.poll(uids).toEqual([uid]);
  });
});
