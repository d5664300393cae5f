import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type MadeHousehold, makeHousehold } from "#tests/factories/people.ts";
import { householdScope, scopeOf } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { type PublishInput, publishListing } from "./publish-listing.ts";

const NOW = new Date("2026-11-22T17:00:00Z"); // already the 23rd in Shanghai

let database: TestDatabase;
let db: Kysely<DB>;
let home: MadeHousehold;
let scope: HouseholdScope;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  home = await makeHousehold(db);
  scope = scopeOf(home);
  await db
    .insertInto("categories")
    .values([
      { code: "fruit", name_zh: "水果", name_en: "Fruit", icon: "fruit" },
      { code: "pear", parent_code: "fruit", name_zh: "梨", name_en: "Pears", icon: "pear" },
    ])
    .execute();
});
afterAll(() => database.drop());

async function makePhoto(uploadedBy = home.id, state = "waiting"): Promise<string> {
  const id = uuidv7();
  const content_hash = createHash("sha256").update(id).digest("hex");
  await db
    .insertInto("photos")
    .values({ id, uploaded_by: uploadedBy, content_hash, state })
    .execute();
  return id;
}

async function offer(changes: Partial<PublishInput> = {}): Promise<PublishInput> {
  return {
    clientKey: uuidv7(),
    categoryCode: "pear",
    titleZh: "雪梨",
    titleEn: "",
    grade: "first",
    unit: "box-5jin",
    unitGrams: null,
    priceFen: 2_990,
    quantity: 40,
    harvestedOn: "2026-11-20",
    photoIds: changes.photoIds ?? [await makePhoto()],
    ...changes,
  };
}

async function written() {
  const { rows } = await sql<{ listings: number; lots: number; photos: number; jobs: number }>`
    select (select count(*) from listings) as listings, (select count(*) from lots) as lots,
      (select count(*) from listing_photos) as photos,
      (select count(*) from graphile_worker.jobs where task_identifier = 'index-listing') as jobs`.execute(
    db,
  );
  return rows[0];
}

describe("listing a crop", () => {
  it("writes the listing, one lot on the relief account, the photos and the job", async () => {
    const photoIds = [await makePhoto(), await makePhoto(home.id, "waiting"), await makePhoto()];
    const input = await offer({ titleZh: "  雪梨 ", photoIds });
    const published = await publishListing(db, scope, input, NOW);
    if (!published.ok) throw new Error(published.reason);
    const { listingId } = published;
    const at = <Table extends "listings" | "lots" | "listing_photos">(
      table: Table,
      column: string,
    ) => sql`select * from ${sql.table(table)} where ${sql.ref(column)} = ${listingId}`.execute(db);
    expect((await at("listings", "id")).rows).toMatchObject([
      {
        cooperative_id: home.cooperativeId,
        created_by_household_id: home.id,
        title_zh: "雪梨",
        title_en: "",
        unit_grams: 2_500,
        price_fen: 2_990,
        harvested_on: "2026-11-20",
        village_zh: "树河镇",
        region_code: home.regionCode,
        status: "published",
        is_pooled: false,
      },
    ]);
    expect((await at("lots", "listing_id")).rows).toMatchObject([
      {
        household_id: home.id,
        relief_account_id: home.reliefAccountId,
        quantity_in: 40,
        available: 40,
        held: 0,
        sold: 0,
      },
    ]);
    const photos = await sql<{ id: string }>`select photo_id as id from listing_photos
      where listing_id = ${listingId} order by position`.execute(db);
    expect(photos.rows.map(({ id }) => id)).toEqual(photoIds);
    const jobs = await sql`select 1 from graphile_worker.jobs
      where key = ${`index-listing:${listingId}`}`.execute(db);
    expect(jobs.rows).toHaveLength(1);
  });

  it("twice with the same form gives the same listing and writes nothing twice", async () => {
    const input = await offer();
    const first = await publishListing(db, scope, input, NOW);
    const before = await written();
    const second = await publishListing(db, scope, input, NOW);
    expect(first).toMatchObject({ ok: true, isNew: true });
    expect(second).toEqual({ ...first, isNew: false });
    expect(await written()).toEqual(before);
  });

  it('sent again from a form that "back" gave a new key is the same listing for half an hour, until it is sold out', async () => {
    const input = await offer({ titleZh: "返回再发的梨" });
    const first = await publishListing(db, scope, input, NOW);
    const again = { ...input, clientKey: uuidv7() };
    const twin = { ...first, isNew: false, isTwin: true };
    expect(await publishListing(db, scope, again, NOW)).toEqual(twin);
    await sql`update lots set sold = available, available = 0
      where listing_id = ${first.ok ? first.listingId : ""}`.execute(db);
    expect(await publishListing(db, scope, again, NOW)).toMatchObject({ ok: true, isNew: true });
    expect(
      await publishListing(db, scope, { ...again, clientKey: uuidv7(), quantity: 7 }, NOW),
    ).toMatchObject({ ok: true, isNew: true });
    const later = new Date(NOW.getTime() + 31 * 60_000);
    expect(await publishListing(db, scope, { ...again, clientKey: uuidv7() }, later)).toMatchObject(
      { ok: true, isNew: true },
    );
  });

  it("by many taps at once gives one listing", async () => {
    const input = await offer();
    const before = await written();
    const taps = Array.from({ length: 8 }, () => publishListing(db, scope, input, NOW));
    const published = await Promise.all(taps);
    const ids = new Set(published.map((one) => (one.ok ? one.listingId : one.reason)));
    expect(ids.size).toBe(1);
    expect(published.filter((one) => one.ok && one.isNew)).toHaveLength(1);
    expect((await written())?.listings).toBe((before?.listings ?? 0) + 1);
  });

  it("with another household's form key neither meets nor blocks its listing", async () => {
    const input = await offer();
    const other = await makeHousehold(db);
    const mine = await publishListing(db, scope, input, NOW);
    const photoIds = [await makePhoto(other.id)];
    const theirs = await publishListing(db, scopeOf(other), { ...input, photoIds }, NOW);
    expect(theirs).toMatchObject({ ok: true, isNew: true });
    expect(mine.ok && theirs.ok && mine.listingId !== theirs.listingId).toBe(true);
  });

  it("cannot show somebody else's photos, nor refused ones, nor ones that do not exist", async () => {
    const other = await makeHousehold(db);
    const before = await written();
    for (const stranger of [
      await makePhoto(other.id),
      await makePhoto(home.id, "refused"),
      uuidv7(),
    ]) {
      const input = await offer({ photoIds: [await makePhoto(), stranger] });
      expect(await publishListing(db, scope, input, NOW)).toEqual({
        ok: false,
        reason: "photo-not-yours",
      });
    }
    expect(await written()).toEqual(before);
  });

  it("needs a crop, not a group of crops or a made-up word", async () => {
    for (const categoryCode of ["fruit", "unobtainium", "", "pear'--"]) {
      const published = await publishListing(db, scope, await offer({ categoryCode }), NOW);
      expect(published).toEqual({ ok: false, reason: "unknown-category" });
    }
  });

  it("needs a relief account for the money to go to", async () => {
    const bare = uuidv7();
    await sql`insert into households (id, register_code, head_name, village_zh, village_en,
      region_code, cooperative_id, alias_zh, alias_en)
      select ${bare}, 'bare', '无', '村', 'Village', region_code, cooperative_id, 'bare', 'bare'
      from households where id = ${home.id}`.execute(db);
    const photoIds = [await makePhoto(bare)];
    const bareScope = householdScope({ ...scope, householdId: bare });
    expect(await publishListing(db, bareScope, await offer({ photoIds }), NOW)).toEqual({
      ok: false,
      reason: "no-relief-account",
    });
  });

  it.each([
    ["price", { priceFen: 0 }, "priceRange"],
    ["price", { priceFen: -1 }, "priceRange"],
    ["price", { priceFen: 1e99 }, "priceRange"],
    ["price", { priceFen: 0.5 }, "priceRange"],
    ["price", { priceFen: Number.NaN }, "price"],
    ["quantity", { quantity: 0 }, "atLeastOne"],
    ["quantity", { quantity: -3 }, "atLeastOne"],
    ["quantity", { quantity: 1.5 }, "wholeNumber"],
    ["quantity", { quantity: 1e9 }, "tooMany"],
    ["quantity", { quantity: Number.POSITIVE_INFINITY }, "tooMany"],
    ["harvestedOn", { harvestedOn: "2027-11-24" }, "harvest-too-far"],
    ["harvestedOn", { harvestedOn: "2025-11-22" }, "harvest-too-old"],
    ["harvestedOn", { harvestedOn: "2026-02-30" }, "date"],
    ["harvestedOn", { harvestedOn: "昨天" }, "date"],
    ["harvestedOn", { harvestedOn: "" }, "date"],
    ["title", { titleZh: "   " }, "required"],
    ["title", { titleZh: "梨".repeat(10_000) }, "tooLong"],
    ["titleEn", { titleEn: "p".repeat(121) }, "tooLong"],
    ["unitGrams", { unit: "bag" as const, unitGrams: null }, "required"],
    ["unitGrams", { unit: "bag" as const, unitGrams: 0 }, "unit-grams"],
    ["unitGrams", { unit: "head" as const, unitGrams: 1_000_001 }, "unit-grams"],
    ["photos", { photoIds: [] }, "photo-none"],
    ["photos", { photoIds: Array.from({ length: 7 }, () => uuidv7()) }, "photo-too-many"],
  ])("with a bad %s is refused at that field: %j", async (field, changes, problem) => {
    const before = await written();
    expect(await publishListing(db, scope, await offer(changes), NOW)).toEqual({
      ok: false,
      reason: "offer-invalid",
      problems: { [field]: problem },
    });
    expect(await written()).toEqual(before);
  });

  it.each([
    [{ priceFen: 1 }],
    [{ priceFen: 100_000_000 }],
    [{ quantity: 1 }],
    [{ quantity: 100_000 }],
    [{ harvestedOn: "2027-11-23" }],
    [{ harvestedOn: "2025-11-23" }],
    [{ titleZh: "🍐".repeat(60) }],
    [{ titleEn: "p".repeat(120) }],
    [{ unit: "bag" as const, unitGrams: 1 }],
    [{ unit: "kg" as const, unitGrams: 7 }],
  ])("to the very bound is accepted by the database too: %j", async (changes) => {
    expect((await publishListing(db, scope, await offer(changes), NOW)).ok).toBe(true);
  });
});
