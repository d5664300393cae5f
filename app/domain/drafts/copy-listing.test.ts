import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readOwnPhotos } from "#app/domain/photos/read-photos.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { copyListing } from "./copy-listing.ts";
import { readDraft, readOpenDrafts } from "./read-draft.ts";
import { saveDraft } from "./save-draft.ts";

const NOW = new Date("2026-11-22T04:00:00Z");
let database: TestDatabase;
let db: Kysely<DB>;
let scope: HouseholdScope;
let listingId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  const household = await makeHousehold(db);
  scope = scopeOf(household);
  const lots = [{ household, quantity: 3 }];
  listingId = (await makeListing(db, { lots, status: "withdrawn" })).id;
});
afterAll(() => database.drop());

test("last season's listing is copied into a draft that only lacks the quantity", async () => {
  const draftId = uuidv7();
  const photo_id = uuidv7();
  const photo = { id: photo_id, uploaded_by: scope.householdId };
  const content_hash = photo_id.replaceAll("-", "");
  await db
    .insertInto("photos")
    .values({ ...photo, content_hash })
    .execute();
  const shown = { listing_id: listingId, photo_id, position: 0 };
  await db.insertInto("listing_photos").values(shown).execute();
  expect(await copyListing(db, scope, { listingId, draftId }, NOW)).toEqual({ ok: true });
  const draft = await readDraft(db, scope, draftId);
  expect(draft).toMatchObject({ copiedFrom: listingId, photoIds: [photo_id] });
  expect(draft?.fields).toEqual({
    ...{ category: "apple", title: "盐源苹果", titleEn: "Yanyuan apples", grade: "first" },
    ...{ unit: "box-5jin", unitGrams: "", price: "29.90", harvestedOn: "2026-11-22" },
  });
});

test("the same form again makes no second draft and takes nothing back of the first", async () => {
  const draftId = uuidv7();
  const copy = () => copyListing(db, scope, { listingId, draftId }, NOW);
  const before = (await readOpenDrafts(db, scope)).length;
  expect(await Promise.all([copy(), copy()])).toEqual([{ ok: true }, { ok: true }]);
  await saveDraft(db, scope, { draftId, version: null, fields: { price: "35.00" } });
  await copy();
  expect((await readDraft(db, scope, draftId))?.fields.price).toBe("35.00");
  expect(await readOpenDrafts(db, scope)).toHaveLength(before + 1);
});

test("another household's listing cannot be copied", async () => {
  const stranger = scopeOf(await makeHousehold(db));
  const copied = await copyListing(db, stranger, { listingId, draftId: uuidv7() }, NOW);
  expect(copied).toEqual({ ok: false, reason: "listing-unknown" });
});

test("the photos that the cooperative took for the first listing may show the next", async () => {
  const photo_id = uuidv7();
  const photo = {
    id: photo_id,
    uploaded_by: "somebody",
    content_hash: photo_id.replaceAll("-", ""),
  };
  await db.insertInto("photos").values(photo).execute();
  expect(await readOwnPhotos(db, scope, [photo_id])).toEqual([]);
  const shown = { listing_id: listingId, photo_id, position: 1 };
  await db.insertInto("listing_photos").values(shown).execute();
  expect(await readOwnPhotos(db, scope, [photo_id])).toMatchObject([{ id: photo_id }]);
  const stranger = scopeOf(await makeHousehold(db));
  expect(await readOwnPhotos(db, stranger, [photo_id])).toEqual([]);
});
