import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { householdScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import type { Draft } from "./draft-fields.ts";
import { publishDraft } from "./publish-draft.ts";
import { readDraft, readOpenDrafts } from "./read-draft.ts";
import { addPhoto, discardDraft, saveDraft } from "./save-draft.ts";

let database: TestDatabase;
let db: Kysely<DB>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

async function farmer(): Promise<HouseholdScope> {
  const { id, cooperativeId } = await makeHousehold(db);
  return householdScope({ userId: `user-of-${id}`, householdId: id, cooperativeId });
}

/** A draft that is begun needs its household's row to stay: behind this lock two begin at once. */
const lockHome = ({ householdId }: HouseholdScope) =>
  sql`select from households where id = ${householdId} for update`;

async function saved(scope: HouseholdScope, change: Parameters<typeof saveDraft>[2]) {
  const result = await saveDraft(db, scope, change);
  if (!result.ok) throw new Error(result.reason);
  return result.draft;
}

async function publish(scope: HouseholdScope, draftId: string): Promise<string> {
  const draft = await readDraft(db, scope, draftId);
  if (!draft) throw new Error("no such draft");
  const published = await publishAsRead(scope, draft);
  if (!published.ok) throw new Error(published.reason);
  return published.listingId;
}

/** Publishes what was read then, whatever has been saved since. */
async function publishAsRead(scope: HouseholdScope, draft: Draft) {
  await makeListing(db); // for its category
  const id = uuidv7();
  const photo = { id, uploaded_by: scope.householdId, content_hash: id.replaceAll("-", "") };
  await db.insertInto("photos").values(photo).execute();
  return publishDraft(db, scope, draft, {
    ...{ categoryCode: "apple", titleZh: "梨", titleEn: "", grade: "first", unit: "kg" },
    ...{ unitGrams: null, priceFen: 1_000, quantity: 5, photoIds: [id] },
    harvestedOn: shanghaiDay(new Date()),
  });
}

describe("what a farmer has begun", () => {
  it("is not published past what another phone has saved since it was read, and stays open", async () => {
    const scope = await farmer();
    const draftId = uuidv7();
    await saved(scope, { draftId, version: null, fields: { price: "10" } });
    const read = await readDraft(db, scope, draftId);
    if (!read) throw new Error("no such draft");
    await saved(scope, { draftId, version: read.version, fields: { price: "11" } });
    expect(await publishAsRead(scope, read)).toMatchObject({
      ...{ ok: false, reason: "draft-changed", theirs: { fields: { price: "11" } } },
    });
    expect(await readDraft(db, scope, draftId)).toMatchObject({ publishedListingId: null });
  });

  it("is kept step by step, each step beside the others", async () => {
    const scope = await farmer();
    const draftId = uuidv7();
    const photoIds = [uuidv7(), uuidv7()];
    const first = await saved(scope, { draftId, version: null, photoIds });
    await saved(scope, { draftId, version: first.version, fields: { category: "pear" } });
    await saved(scope, { draftId, version: null, fields: { price: "十块" } });
    expect(await readDraft(db, scope, draftId)).toMatchObject({
      photoIds,
      fields: { category: "pear", price: "十块" },
      version: 4,
    });
  });

  it("changes once when a step is sent twice at the same time, and again later", async () => {
    const scope = await farmer();
    const change = { draftId: uuidv7(), version: null, fields: { title: "雪梨" } };
    const both = await raceBehind(db, lockHome(scope), 2, [
      () => saved(scope, change),
      () => saved(scope, change),
    ]);
    expect(both.map(({ version }) => version)).toEqual([2, 2]);
    expect(await saved(scope, { ...change, version: 1 })).toMatchObject({ version: 2 });
    expect(await readOpenDrafts(db, scope)).toHaveLength(1);
  });

  it("shows what another tab saved meanwhile instead of writing over it", async () => {
    const scope = await farmer();
    const draftId = uuidv7();
    const { version } = await saved(scope, { draftId, version: null, fields: { price: "10" } });
    await saved(scope, { draftId, version, fields: { price: "12" } });
    expect(await saveDraft(db, scope, { draftId, version, fields: { price: "9" } })).toMatchObject({
      reason: "draft-changed",
      theirs: { fields: { price: "12" } },
    });
    expect((await readDraft(db, scope, draftId))?.fields.price).toBe("12");
  });

  it("is nobody else's: the same id in another household is another draft", async () => {
    const [one, other] = [await farmer(), await farmer()];
    const draftId = uuidv7();
    await saved(one, { draftId, version: null, fields: { title: "梨" } });
    expect(await readDraft(db, other, draftId)).toBeUndefined();
    await saved(other, { draftId, version: null, fields: { title: "桃" } });
    await discardDraft(db, other, draftId);
    expect((await readDraft(db, one, draftId))?.fields.title).toBe("梨");
    expect(await readOpenDrafts(db, other)).toEqual([]);
  });

  it("is closed once it was published, and stays to say what it became", async () => {
    const scope = await farmer();
    const draftId = uuidv7();
    await saved(scope, { draftId, version: null, fields: { title: "梨" } });
    const other = await farmer();
    await saved(other, { draftId, version: null, fields: { title: "桃" } });
    const listingId = await publish(scope, draftId);
    expect(await readOpenDrafts(db, scope)).toEqual([]);
    expect(await readOpenDrafts(db, other)).toHaveLength(1);
    expect(await publish(scope, draftId)).toBe(listingId);
    const late = await saveDraft(db, scope, { draftId, version: null, fields: { title: "桃" } });
    expect(late).toEqual({ ok: false, reason: "draft-published", listingId });
    await discardDraft(db, scope, draftId);
    expect(await readDraft(db, scope, draftId)).toMatchObject({ publishedListingId: listingId });
  });

  it("takes photos one behind the other, each once, and six at most", async () => {
    const scope = await farmer();
    const draftId = uuidv7();
    const photoIds = Array.from({ length: 6 }, () => uuidv7());
    for (const photoId of photoIds) await addPhoto(db, scope, { draftId, photoId });
    expect(await addPhoto(db, scope, { draftId, photoId: photoIds[2] ?? "" })).toMatchObject({
      ok: true,
      draft: { photoIds },
    });
    expect(await addPhoto(db, scope, { draftId, photoId: uuidv7() })).toEqual({
      ok: false,
      reason: "photo-too-many",
    });
  });

  it("stops at thirty that nobody finishes", async () => {
    const scope = await farmer();
    for (let made = 0; made < 30; made++) await saved(scope, { draftId: uuidv7(), version: null });
    const one = { draftId: uuidv7(), version: null };
    expect(await saveDraft(db, scope, one)).toEqual({ ok: false, reason: "too-many-drafts" });
  });
});
