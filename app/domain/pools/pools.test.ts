import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readListing } from "#app/domain/listings/read-listing.ts";
import type { DB } from "#db/schema.d.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { makeScale, weighed } from "#tests/factories/scale.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { changePool, setPoolPrice } from "./change-pool.ts";
import { openPool, type PoolInput } from "./open-pool.ts";
import { readPoolCrops, readPoolPhotos } from "./read-pool-photos.ts";
import { listPools, readPool } from "./read-pools.ts";

let database: TestDatabase;
/** What the market must not do, this must not need. */
let db: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openAsApp(database);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

/** A photo that a listing shows. */
async function show(listingId: string): Promise<string> {
  const id = uuidv7();
  await sql`insert into photos (id, uploaded_by, content_hash, state, width, height, placeholder)
    values (${id}, 'her', ${id.replaceAll("-", "")}, 'ready', 4, 3, '')`.execute(database.db);
  await sql`insert into listing_photos (listing_id, photo_id, position)
    values (${listingId}, ${id}, 0)`.execute(database.db);
  return id;
}

async function makeDesk() {
  const scale = await makeScale(database.db);
  const photo = await show(
    (await makeListing(database.db, { lots: [{ household: scale.household, quantity: 1 }] })).id,
  );
  const input: PoolInput = {
    ...{ clientKey: uuidv7(), categoryCode: "apple", titleZh: "合卖苹果", titleEn: "" },
    ...{ grade: "first", unit: "box-5jin", unitGrams: null, priceFen: 3_000, photoIds: [photo] },
  };
  const open = (other: Partial<PoolInput> = {}) =>
    openPool(db, scale.scope, { ...input, ...other });
  return { ...scale, input, photo, open };
}

async function opened(desk: Awaited<ReturnType<typeof makeDesk>>) {
  const made = await desk.open();
  if (!made.ok) throw new Error(made.reason);
  return made.listingId;
}

const actsOf = async (id: string) =>
  (
    await sql<{ action: string; before: unknown; after: unknown }>`
      select action, before, after from audit_log where subject_id = ${id} order by id`.execute(db)
  ).rows;

test("a pool is opened once, filled at the scale by several, and on sale only when somebody puts it there", async () => {
  const desk = await makeDesk();
  const { scope } = desk;
  const id = await opened(desk);
  expect(await desk.open()).toEqual({ ok: true, listingId: id, isNew: false });
  const change = (event: "resume" | "pause" | "withdraw") =>
    changePool(db, scope, { listingId: id, event });
  expect(await change("resume")).toEqual({ ok: false, reason: "pool-empty" });
  expect((await readPool(db, scope, id))?.pool).toMatchObject({ status: "paused", available: 0 });

  await sql`update households set village_zh = '卫城镇', village_en = 'Weicheng'
    where id = ${desk.other.id}`.execute(database.db);
  await weighed(desk, { poolId: id });
  await weighed(desk, { poolId: id, householdId: desk.other.id });
  const { pool, lots } = (await readPool(db, scope, id)) ?? {};
  expect(pool).toMatchObject({ households: 2, available: 8, held: 0, sold: 0 });
  expect(lots?.map(({ quantityIn }) => quantityIn)).toEqual([4, 4]);
  expect((await readListing(db, id))?.status, "nobody can buy it yet").toBe("paused");

  expect(await change("resume")).toMatchObject({ ok: true, isChanged: true });
  expect(await change("resume")).toMatchObject({ ok: true, isChanged: false });
  const whence = await sql<{ zh: string; on: Date | null }>`select village_zh as zh,
    published_at as on from listings where id = ${id}`.execute(db);
  expect(whence.rows[0]?.zh.split("、")).toHaveLength(2);
  expect(whence.rows[0]?.zh).toMatch(/、卫城镇$/);
  expect(whence.rows[0]?.on).not.toBeNull();
  expect((await listPools(db, scope, { page: 1, perPage: 10 })).rows[0]?.id).toBe(id);

  expect(await change("withdraw")).toMatchObject({ ok: true });
  expect(await change("resume")).toEqual({ ok: false, reason: "listing-withdrawn" });
  expect((await actsOf(id)).map(({ action }) => action)).toEqual([
    ...["pool.opened", "pool.on-sale", "pool.withdrawn"],
  ]);
});

test("its price can rise, falls only while nothing lies in it, and nothing far off is taken", async () => {
  const desk = await makeDesk();
  const id = await opened(desk);
  const price = (priceFen: number) => setPoolPrice(db, desk.scope, { listingId: id, priceFen });
  expect(await price(2_900)).toEqual({ ok: true, isChanged: true });
  await weighed(desk, { poolId: id });
  expect(await price(2_800)).toEqual({ ok: false, reason: "pooled-lower" });
  expect(await price(3_200)).toEqual({ ok: true, isChanged: true });
  expect(await price(3_200)).toEqual({ ok: true, isChanged: false });
  expect(await price(320_000)).toEqual({ ok: false, reason: "price-doubted" });
  expect(await price(Number.NaN)).toEqual({ ok: false, reason: "price" });
  expect((await actsOf(id)).slice(1)).toEqual([
    { action: "pool.priced", before: { priceFen: 3_000 }, after: { priceFen: 2_900 } },
    { action: "pool.priced", before: { priceFen: 2_900 }, after: { priceFen: 3_200 } },
  ]);
});

test("another cooperative's pool, photo and household's own listing are not there", async () => {
  const desk = await makeDesk();
  const id = await opened(desk);
  const home = await makeHousehold(database.db);
  const stranger = coopScope({ userId: "x", cooperativeId: home.cooperativeId });
  expect(await readPool(db, stranger, id)).toBeNull();
  const event = "withdraw";
  const unknown = { ok: false, reason: "pool-unknown" };
  for (const listingId of [id, "x", uuidv7()]) {
    expect(await changePool(db, stranger, { listingId, event })).toEqual(unknown);
    expect(await setPoolPrice(db, stranger, { listingId, priceFen: 1 })).toEqual(unknown);
  }
  const own = await makeListing(database.db, {
    lots: [{ household: desk.household, quantity: 1 }],
  });
  expect(await changePool(db, desk.scope, { listingId: own.id, event })).toEqual(unknown);
  const theirs = await show(
    (await makeListing(database.db, { lots: [{ household: home, quantity: 1 }] })).id,
  );
  const refused = { ok: false, reason: "photo-not-yours" };
  for (const photoIds of [[theirs], [desk.photo, theirs], ["'"], [uuidv7()]]) {
    expect(await desk.open({ clientKey: uuidv7(), photoIds })).toEqual(refused);
  }
  expect(await desk.open({ categoryCode: "no-such" })).toMatchObject({
    reason: "unknown-category",
  });
  expect(await desk.open({ photoIds: [], priceFen: 0, titleZh: "" })).toMatchObject({
    problems: { photos: "photo-none", price: "priceRange", title: "required" },
  });
  expect((await readPoolPhotos(db, desk.scope, "apple")).map((photo) => photo.id)).toEqual([
    desk.photo,
  ]);
  expect(await readPoolCrops(db, stranger)).toEqual(["apple"]);
});
