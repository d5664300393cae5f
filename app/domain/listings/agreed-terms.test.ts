import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { answerOwn } from "#app/domain/consents/answer-consent.ts";
import { listOnBehalf } from "#app/domain/consents/list-on-behalf.ts";
import type { DB } from "#db/schema.d.ts";
import { givePhone, offerFor, onBehalfOf } from "#tests/factories/consents.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { editListing, type ListingEdit } from "./edit-listing.ts";
import { publishListing } from "./publish-listing.ts";
import { restockListing } from "./restock-listing.ts";
import { sellOut } from "./sell-out.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

const inDays = (days: number) => shanghaiDay(new Date(Date.now() + days * 24 * 60 * 60 * 1000));

/** Bags of 5 kg at ¥29.90, on sale by the household's own word or by its consent. */
async function onSale(
  by: "household" | "consent" = "consent",
  more: { shipsFrom?: string; presaleLimit?: number } = {},
) {
  const household = await makeHousehold(db);
  await givePhone(db, household);
  const offer = await offerFor(db, household, {
    unit: "bag",
    unitGrams: 5_000,
    priceFen: 2_990,
    ...more,
  });
  const own = scopeOf(household);
  const manager = await onBehalfOf(db, household);
  const listed =
    by === "consent"
      ? await listOnBehalf(db, manager, offer)
      : await publishListing(db, own, offer);
  if (!listed.ok) throw new Error(listed.reason);
  const { listingId } = listed;
  if (by === "consent") await answerOwn(db, own, { listingId, answer: "agreed" });
  const read = () =>
    db
      .selectFrom("listings")
      .select(["title_zh", "unit", "unit_grams", "price_fen", "version"])
      .where("id", "=", listingId)
      .executeTakeFirstOrThrow();
  const edit = async (changes: Partial<ListingEdit>, who: typeof own | typeof manager = manager) =>
    editListing(db, who, { ...offer, listingId, version: (await read()).version, ...changes });
  const restock = async (
    quantity: number,
    { who = manager, isSure }: { who?: typeof own | typeof manager; isSure?: boolean } = {},
  ) => {
    const { harvestedOn } = offer;
    const more = { listingId, clientKey: uuidv7(), quantity, harvestedOn, isSure };
    return restockListing(db, who, more);
  };
  const takeAll = () =>
    sellOut(db, manager, { listingId, clientKey: uuidv7(), reason: "sold-elsewhere" });
  return { listingId, own, manager, edit, read, restock, takeAll };
}

const changed = { ok: true, isChanged: true };

describe("what a household has agreed to", () => {
  it("is not turned into something else by its cooperative, and each field says so", async () => {
    const { edit, read } = await onSale();
    const before = await read();
    const kept = (problems: object) => ({ ok: false, reason: "agreed-otherwise", problems });
    expect(await edit({ unitGrams: 50_000, titleZh: "人参", priceFen: 2_989 })).toEqual(
      kept({ unitGrams: "agreed-unit", title: "agreed-title", price: "agreed-price" }),
    );
    expect(await edit({ grade: "premium" })).toEqual(kept({ grade: "agreed-grade" }));
    expect(await edit({ unit: "kg" })).toEqual(kept({ unit: "agreed-unit" }));
    expect(await edit({ titleEn: "Golden apple premium" })).toEqual(
      kept({ titleEn: "agreed-title" }),
    );
    const presale = { shipsFrom: inDays(59), presaleLimit: 9_999 };
    expect(await edit(presale)).toEqual(kept({ shipsFrom: "agreed-presale" }));
    expect(await read()).toEqual(before);
  });

  it("as a pre-sale is sent when it was said, and promises no more than was said", async () => {
    const agreed = { shipsFrom: inDays(20), presaleLimit: 80 };
    const { own, edit } = await onSale("consent", agreed);
    const kept = (problems: object) => ({ ok: false, reason: "agreed-otherwise", problems });
    const later = { ...agreed, shipsFrom: inDays(21) };
    expect(await edit(later)).toEqual(kept({ shipsFrom: "agreed-presale" }));
    const none = { shipsFrom: null, presaleLimit: null };
    expect(await edit(none)).toEqual(kept({ shipsFrom: "agreed-presale" }));
    const more = { ...agreed, presaleLimit: 81 };
    expect(await edit(more)).toEqual(kept({ presaleLimit: "agreed-presale" }));
    expect(await edit({ ...agreed, presaleLimit: 79 })).toEqual(changed);
    expect(await edit(later, own)).toEqual(changed);
  });

  it("may be dated and sold dearer, and a rise may be taken back, not more", async () => {
    const { edit, read } = await onSale();
    expect(await edit({ priceFen: 29_900, harvestedOn: inDays(-1) })).toEqual(changed);
    expect(await edit({ priceFen: 4_000 })).toEqual(changed);
    expect(await edit({ priceFen: 2_989 })).toMatchObject({ reason: "agreed-otherwise" });
    expect(await edit({ priceFen: 2_990 })).toEqual(changed);
    expect(await read()).toMatchObject({ price_fen: 2_990 });
  });

  it("is what it last said itself: the household changes all, and that holds then", async () => {
    const { own, edit } = await onSale();
    expect(await edit({ priceFen: 5_000 })).toEqual(changed);
    const hers = { titleZh: "高山雪梨", unitGrams: 2_500, priceFen: 2_000 };
    expect(await edit(hers, own)).toEqual(changed);
    expect(await edit({ ...hers, priceFen: 1_999 })).toMatchObject({
      problems: { price: "agreed-price" },
    });
    expect(await edit({ ...hers, priceFen: 2_400 })).toEqual(changed);
    expect(await edit({ ...hers, priceFen: 2_000 })).toEqual(changed);
  });
});

describe("how much a household has agreed to", () => {
  const added = { ok: true, isNew: true };
  const beyond = (room: number, agreed = 40) => ({
    ...{ ok: false, reason: "beyond-agreed" },
    ...{ agreed, room },
  });

  it("its cooperative adds to, up to five times as much on sale at once; for more it is asked anew", async () => {
    const { restock, takeAll } = await onSale();
    expect(await restock(9_000)).toEqual(beyond(160));
    expect(await restock(100)).toEqual(added);
    expect(await restock(61)).toEqual(beyond(60));
    expect(await restock(60)).toEqual(added);
    // What the cooperative added itself makes the next bound no higher, however it is added.
    expect(await restock(1)).toEqual(beyond(0));
    await takeAll();
    expect(await restock(201)).toEqual(beyond(200));
    expect(await restock(200, { isSure: true })).toEqual(added);
  });

  it("is no bound for the household itself, and what it brings in raises the cooperative's", async () => {
    const { own, restock } = await onSale();
    expect(await restock(9_000, { who: own })).toEqual(added);
    expect(await restock(36_161)).toEqual(beyond(36_160, 9_040));
    expect(await restock(36_160)).toEqual(added);
  });

  it("of a pre-sale is what it may promise, if that is more and it was told so", async () => {
    const presale = { shipsFrom: inDays(20), presaleLimit: 400 };
    const { restock } = await onSale("consent", presale);
    expect(await restock(361)).toMatchObject({ reason: "presale-full", room: 360 });
    expect(await restock(360)).toEqual(added);
    const untold = await onSale("consent", presale);
    await sql`update listing_consents set asked_presale_limit = null
      where listing_id = ${untold.listingId}`.execute(db);
    expect(await untold.restock(161)).toEqual(beyond(160));
    expect(await untold.edit({ ...presale, presaleLimit: 399 }, untold.own)).toEqual(changed);
    expect(await untold.restock(359)).toEqual(added);
  });

  it("is asked about once where it looks like a slip, and nothing is brought in until it is sure", async () => {
    const { own, restock } = await onSale();
    const doubted = { ok: false, reason: "quantity-doubted", now: 40, added: 9_000, inAll: 9_040 };
    expect(await restock(9_000, { who: own, isSure: false })).toEqual(doubted);
    expect(await restock(200, { who: own, isSure: false })).toEqual(added);
    expect(await restock(9_000, { who: own, isSure: true })).toEqual(added);
  });
});

describe("what a household has published itself", () => {
  it("is its own word as what it agreed to: no other offer, only dearer, dated or shown anew", async () => {
    const { own, edit, read } = await onSale("household");
    const before = await read();
    const presale = { shipsFrom: inDays(59), presaleLimit: 9_999 };
    expect(await edit({ unitGrams: 50_000, titleZh: "人参", priceFen: 1, ...presale })).toEqual({
      ...{ ok: false, reason: "agreed-otherwise" },
      problems: {
        ...{ unitGrams: "agreed-unit", title: "agreed-title", price: "agreed-price" },
        shipsFrom: "agreed-presale",
      },
    });
    const graded = await edit({ grade: "premium", titleEn: "Ginseng" });
    const kept = { titleEn: "agreed-title", grade: "agreed-grade" };
    expect(graded).toMatchObject({ problems: kept });
    expect(await read()).toEqual(before);
    expect(await edit({ priceFen: 3_500, harvestedOn: inDays(-1) })).toEqual(changed);
    expect(await edit({ priceFen: 1, grade: "premium", titleZh: "人参" }, own)).toEqual(changed);
  });

  it("is restocked by its cooperative to five times as much, or to the limit it has set itself", async () => {
    const { restock } = await onSale("household");
    expect(await restock(9_000)).toEqual({
      ...{ ok: false, reason: "beyond-agreed" },
      ...{ agreed: 40, room: 160 },
    });
    expect(await restock(160)).toEqual({ ok: true, isNew: true });
    const presale = await onSale("household", { shipsFrom: inDays(20), presaleLimit: 400 });
    expect(await presale.restock(360)).toEqual({ ok: true, isNew: true });
  });
});
