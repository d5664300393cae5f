import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSearchMarket } from "#tests/factories/search.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import {
  hasMeilisearch,
  startMeilisearch,
  type TestMeilisearch,
} from "#tests/setup/meilisearch.ts";
import { compareEngines } from "./compare.ts";
import { readDocuments } from "./document.ts";
import { keepDocuments } from "./keep-documents.ts";
import { connectMeilisearch, createMeilisearch, hasListingsIndex } from "./meilisearch.ts";
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

describe("a listing's search document", () => {
  test("holds the public facts and nothing of the household but its alias", async () => {
    const { db } = database;
    const [document] = await readDocuments(db, [idOf("appleYanyuan")]);
    expect(document).toMatchObject({
      titleZh: "盐源糖心苹果",
      categoryCodes: ["apple", "fruit"],
      placeZh: ["盐源县", "凉山彝族自治州", "四川省"],
      aliases: ["吉克家 · 树河镇 · 3F7K Jike · Shuhe · 3F7K"],
      cooperativeEn: "Lugu Lake Growers",
      fenPerJin: 798,
      inStock: true,
      photoId: null,
    });
    const households = await db.selectFrom("households").selectAll().execute();
    for (const { head_name, register_code, bank_account_number } of households) {
      for (const secret of [head_name, register_code, bank_account_number]) {
        expect(JSON.stringify(document)).not.toContain(secret);
      }
    }
  });

  test("follows the listing: changed, paused, published again, sold out", async () => {
    const { db } = database;
    await setListing("walnut", { title_zh: "纸皮大核桃", version: 2 });
    await syncListing(db, undefined, idOf("walnut"));
    expect(await findInPostgres("纸皮")).toEqual([idOf("walnut")]);

    await setListing("walnut", { status: "paused" });
    await syncListing(db, undefined, idOf("walnut"));
    expect(await findInPostgres("核桃")).toEqual([]);
    await syncListing(db, undefined, idOf("walnut"));

    await setListing("walnut", { status: "published" });
    await syncListing(db, undefined, idOf("walnut"));
    await syncListing(db, undefined, idOf("walnut"));
    expect(await findInPostgres("核桃")).toEqual([idOf("walnut")]);

    await sql`update lots set available = 0, sold = quantity_in where listing_id = ${idOf("walnut")}`.execute(
      db,
    );
    await syncListing(db, undefined, idOf("walnut"));
    expect((await findInPostgres("")).slice(-3)).toContain(idOf("walnut"));
  });

  test("is never overwritten by an older one", async () => {
    const { db } = database;
    const [old] = await readDocuments(db, [idOf("pear")]);
    if (!old) throw new Error("the pear is for sale");
    await setListing("pear", { title_zh: "贡梨", version: 2 });
    await syncListing(db, undefined, idOf("pear"));
    await keepDocuments(db, [old]);
    expect(await findInPostgres("贡梨")).toEqual([idOf("pear")]);
    expect(await findInPostgres("雪花梨")).not.toContain(idOf("pear"));
  });

  test("counts as outdated where its terms were made by an earlier recipe", async () => {
    const { db } = database;
    await sql`update search_documents set document = document - 'recipe'
      where listing_id = ${idOf("garlic")}`.execute(db);
    const outdated = { listingId: idOf("garlic"), engine: "postgres", kind: "outdated" };
    expect(await compareEngines(db, undefined)).toContainEqual(outdated);
    await reindex(db, undefined);
    expect(await compareEngines(db, undefined)).toEqual([]);
  });

  test("is read only once the sync before it has written", async () => {
    const { db } = database;
    const id = idOf("buckwheat");
    let late: Promise<void> | undefined;
    await db.connection().execute(async (other) => {
      await sql`select pg_advisory_lock(7405002, hashtext(${id}))`.execute(other);
      late = syncListing(db, undefined, id);
      // It stands at the lock now; what it will write must be what is true after it.
      await expect
        .poll(async () => {
          const { rows } = await sql<{ n: number }>`
            select count(*) as n from pg_locks where locktype = 'advisory' and not granted
              and database = (select oid from pg_database where datname = current_database())`.execute(
            db,
          );
          return rows[0]?.n;
        })
        .toBe(1);
      await setListing("buckwheat", { title_zh: "黑苦荞茶", version: 2 });
      await sql`select pg_advisory_unlock(7405002, hashtext(${id}))`.execute(other);
    });
    await late;
    expect(await findInPostgres("黑苦荞茶")).toEqual([id]);
  });
});

describe.runIf(hasMeilisearch)("a listing in Meilisearch", () => {
  const uid = `sync_${process.pid}_v2`;
  const previous = `sync_${process.pid}_v1`;
  let server: TestMeilisearch;
  const meili = () => connectMeilisearch(server.url, server.key);
  const find = async (text: string) =>
    (await createMeilisearch(meili(), uid).search({ text, limit: 24, offset: 0 })).listingIds;

  beforeAll(async () => {
    server = await startMeilisearch();
  });
  afterAll(async () => {
    await meili().deleteIndexIfExists(uid);
    await server.stop();
  });

  test("does not make an index of one listing before the market is indexed", async () => {
    await syncListing(database.db, meili(), idOf("potato"), uid);
    expect(await hasListingsIndex(meili(), uid)).toBe(false);
  });

  test("is indexed with all others, and the index of an older version goes", async () => {
    await meili().createIndex(previous, { primaryKey: "id" }).waitTask();
    const seen: string[] = [];
    const { listings } = await reindex(
      database.db,
      meili(),
      (done, all) => seen.push(`${done}/${all}`),
      uid,
    );
    expect(listings).toBe(11);
    expect(seen).toEqual(["11/11"]);
    expect(await hasListingsIndex(meili(), previous)).toBe(false);
    expect(await compareEngines(database.db, meili(), uid)).toEqual([]);
  });

  test("follows the listing, and goes when it is withdrawn", async () => {
    await setListing("potato", { title_zh: "乌洋芋", version: 2 });
    await syncListing(database.db, meili(), idOf("potato"), uid);
    expect(await find("乌洋芋")).toEqual([idOf("potato")]);
    await setListing("potato", { status: "withdrawn", version: 3 });
    await syncListing(database.db, meili(), idOf("potato"), uid);
    expect(await find("乌洋芋")).toEqual([]);
  });

  test("that fell behind is named by the comparison and mended by a reindex", async () => {
    await setListing("honey", { title_zh: "椴树蜜", version: 2 });
    await setListing("potato", { status: "published", version: 4 });
    expect(await compareEngines(database.db, meili(), uid)).toEqual(
      expect.arrayContaining([
        { listingId: idOf("honey"), engine: "postgres", kind: "outdated" },
        { listingId: idOf("honey"), engine: "meilisearch", kind: "outdated" },
        { listingId: idOf("potato"), engine: "postgres", kind: "missing" },
        { listingId: idOf("potato"), engine: "meilisearch", kind: "missing" },
      ]),
    );
    await reindex(database.db, meili(), undefined, uid);
    expect(await compareEngines(database.db, meili(), uid)).toEqual([]);
    expect(await find("椴树蜜")).toEqual([idOf("honey")]);
  });

  test("fails aloud when Meilisearch is away, after PostgreSQL has its document", async () => {
    await setListing("honey", { title_zh: "槐花蜜", version: 3 });
    const away = connectMeilisearch("http://127.0.0.1:9", "none");
    await expect(syncListing(database.db, away, idOf("honey"), uid)).rejects.toThrow();
    expect(await findInPostgres("槐花蜜")).toEqual([idOf("honey")]);
  });
});
