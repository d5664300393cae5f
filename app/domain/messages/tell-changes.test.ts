import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeListing } from "#app/domain/listings/change-listing.ts";
import { editListing, type ListingEdit } from "#app/domain/listings/edit-listing.ts";
import { restockListing } from "#app/domain/listings/restock-listing.ts";
import { sellOut } from "#app/domain/listings/sell-out.ts";
import type { DB } from "#db/schema.d.ts";
import { onBehalfOf } from "#tests/factories/consents.ts";
import { type MadeHousehold, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { tellChanges } from "./tell-changes.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);

async function made(household: MadeHousehold) {
  const { id: listingId } = await makeListing(db, { lots: [{ household, quantity: 10 }] });
  const makePhoto = async () => {
    const id = uuidv7();
    const row = { id, uploaded_by: household.id, content_hash: id.replaceAll("-", "") };
    await db.insertInto("photos").values(row).execute();
    return id;
  };
  const photo = await makePhoto();
  await db
    .insertInto("listing_photos")
    .values({ listing_id: listingId, photo_id: photo, position: 0 })
    .execute();
  const says: ListingEdit = {
    ...{ listingId, version: 1, titleZh: "盐源苹果", titleEn: "Yanyuan apples", grade: "first" },
    ...{ unit: "box-5jin", unitGrams: null, priceFen: 2_990, photoIds: [photo] },
    harvestedOn: "2026-11-01",
  };
  const manager = await onBehalfOf(db, household);
  const edit = (changes: Partial<ListingEdit>, who: Parameters<typeof editListing>[1] = manager) =>
    editListing(db, who, { ...says, ...changes }, new Date("2026-11-22T04:00:00Z"));
  return { listingId, manager, edit, makePhoto };
}

async function told({ id }: MadeHousehold) {
  const rows = db.selectFrom("messages").where("household_id", "=", id).orderBy("id");
  return (await rows.select(["template", "params"]).execute()).map(({ template, params }) => [
    template,
    params,
  ]);
}

test("a household is told of a changed price as it stands, once, five minutes after the first change", async () => {
  const household = await makeHousehold(db);
  const { edit } = await made(household);
  await edit({ priceFen: 4_000 });
  await edit({ priceFen: 3_500, version: 2 });
  await tellChanges(db, inMinutes(4));
  expect(await told(household)).toEqual([]);
  await tellChanges(db, inMinutes(6));
  await tellChanges(db, inMinutes(11));
  const params = { title: "盐源苹果", fen: 3_500, unit: "box-5jin 2500", quantity: 10 };
  expect(await told(household)).toEqual([["listing.changed", params]]);
});

test("it is told of its cooperative's doing only, and of nothing that it has undone itself", async () => {
  const household = await makeHousehold(db);
  const { listingId, manager, edit } = await made(household);
  await changeListing(db, manager, { listingId, event: "pause" });
  await changeListing(db, scopeOf(household), { listingId, event: "resume" });
  const own = scopeOf(household);
  expect(await edit({ titleZh: "高山苹果", priceFen: 900, version: 3 }, own)).toMatchObject({
    isChanged: true,
  });
  await changeListing(db, own, { listingId, event: "withdraw" });
  await tellChanges(db, inMinutes(6));
  expect(await told(household)).toEqual([]);
});

test("it is told of whatever else is offered", async () => {
  const before = { title: "盐源苹果", fen: 2_990, unit: "box-5jin 2500", quantity: 10 };
  const changes: [Partial<ListingEdit>, object?][] = [
    [{ priceFen: 3_300 }, { fen: 3_300 }],
    [{ harvestedOn: "2026-10-01" }],
  ];
  for (const [change, said] of changes) {
    const household = await makeHousehold(db);
    const { edit } = await made(household);
    expect(await edit(change)).toEqual({ ok: true, isChanged: true });
    await tellChanges(db, inMinutes(6));
    expect(await told(household)).toEqual([["listing.changed", { ...before, ...said }]]);
  }
});

test("it is told that its photos were changed, also where the listing was paused since", async () => {
  for (const event of [undefined, "pause"] as const) {
    const household = await makeHousehold(db);
    const { listingId, manager, edit, makePhoto } = await made(household);
    expect(await edit({ photoIds: [await makePhoto()] })).toMatchObject({ isChanged: true });
    if (event) await changeListing(db, manager, { listingId, event });
    await tellChanges(db, inMinutes(6));
    const params = { title: "盐源苹果", fen: 2_990, unit: "box-5jin 2500", quantity: 10 };
    const template = event ? "listing.paused" : "listing.changed";
    expect(await told(household)).toEqual([[template, { ...params, photos: "new" }]]);
  }
});

test("it is told of what came in, was taken off sale, is paused and is down", async () => {
  const asItStands = { title: "盐源苹果", fen: 2_990, unit: "box-5jin 2500", quantity: 10 };
  const cases = [
    [
      "listing.changed",
      { title: "盐源苹果", fen: 2_990, unit: "box-5jin 2500", quantity: 15 },
      restockListing,
      { quantity: 5, harvestedOn: "2026-11-20" },
    ],
    [
      "listing.changed",
      { title: "盐源苹果", fen: 2_990, unit: "box-5jin 2500", quantity: 0 },
      sellOut,
      { reason: "spoiled" },
    ],
    ["listing.paused", asItStands, changeListing, { event: "pause" }],
    ["listing.withdrawn", { title: "盐源苹果" }, changeListing, { event: "withdraw" }],
  ] as const;
  for (const [template, params, verb, input] of cases) {
    const household = await makeHousehold(db);
    const { listingId, manager } = await made(household);
    const done = await verb(db, manager, { listingId, clientKey: uuidv7(), ...input } as never);
    expect(done.ok).toBe(true);
    await tellChanges(db, inMinutes(6));
    expect(await told(household)).toEqual([[template, params]]);
  }
});

test("it is told what its cooperative did last: paused and on sale again is on sale again", async () => {
  const household = await makeHousehold(db);
  const { listingId, manager, edit } = await made(household);
  await edit({ priceFen: 3_500 });
  await changeListing(db, manager, { listingId, event: "pause" });
  await changeListing(db, manager, { listingId, event: "resume" });
  await tellChanges(db, inMinutes(6));
  const params = { title: "盐源苹果", fen: 3_500, unit: "box-5jin 2500", quantity: 10 };
  expect(await told(household)).toEqual([["listing.resumed", params]]);
  // Within the hour nothing more, and then how it stands.
  await changeListing(db, manager, { listingId, event: "pause" });
  await tellChanges(db, inMinutes(30));
  expect(await told(household)).toHaveLength(1);
  await sql`update messages set state = 'sent', sent_at = ${inMinutes(6)}
    where household_id = ${household.id}`.execute(db);
  await tellChanges(db, inMinutes(67));
  expect((await told(household))[1]).toEqual(["listing.paused", params]);
});

test("of several listings it is told how many, in one message, and of later ones after an hour", async () => {
  const household = await makeHousehold(db);
  const [one, two, three] = [await made(household), await made(household), await made(household)];
  await one.edit({ priceFen: 4_000 });
  await two.edit({ priceFen: 4_000 });
  const turn = sql`select from households where id = ${household.id} for update`;
  const tell = () => tellChanges(db, inMinutes(6));
  const counts = await raceBehind(db, turn, 2, [tell, tell]);
  expect(counts.map(({ households }) => households).sort()).toEqual([0, 1]);
  await three.edit({ priceFen: 4_000 });
  await tellChanges(db, inMinutes(30));
  expect(await told(household)).toEqual([["listing.several", { count: 2 }]]);
  await sql`update messages set state = 'sent', sent_at = ${inMinutes(6)}
    where household_id = ${household.id}`.execute(db);
  await tellChanges(db, inMinutes(50));
  expect(await told(household)).toHaveLength(1);
  await tellChanges(db, inMinutes(67));
  expect((await told(household)).map(([template]) => template)).toEqual([
    "listing.several",
    "listing.changed",
  ]);
});
