import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addToCart } from "#app/domain/carts/add-to-cart.ts";
import { changeListing } from "#app/domain/listings/change-listing.ts";
import { editListing } from "#app/domain/listings/edit-listing.ts";
import { readCards } from "#app/domain/listings/read-cards.ts";
import { readLastCrops } from "#app/domain/listings/read-crops.ts";
import { readHistory } from "#app/domain/listings/read-history.ts";
import { readListing } from "#app/domain/listings/read-listing.ts";
import {
  readLastListing,
  readOwnListing,
  readOwnListings,
} from "#app/domain/listings/read-own-listings.ts";
import { restockListing } from "#app/domain/listings/restock-listing.ts";
import { sellOut } from "#app/domain/listings/sell-out.ts";
import type { DB } from "#db/schema.d.ts";
import { readDocuments } from "#search/document.ts";
import {
  consentState,
  givePhone,
  makeAsked,
  managerOf,
  offerFor,
  onBehalfOf,
  readAsked,
} from "#tests/factories/consents.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { answerIn, answerOwn, expireConsent } from "./answer-consent.ts";
import { listOnBehalf } from "./list-on-behalf.ts";
import { readWaitingConsents } from "./read-consents.ts";
import { readCoopListings } from "./read-coop-listings.ts";
import { findHouseholds, readHousehold } from "./read-household.ts";

let database: TestDatabase;
let db: Kysely<DB>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

async function countListings(householdId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from listings
    where created_by_household_id = ${householdId}`.execute(db);
  return rows[0]?.n ?? 0;
}

describe("what a cooperative lists for a household", () => {
  it("is on the household's relief account, and nobody is shown it", async () => {
    const { household, listingId } = await makeAsked(db);
    const { rows } = await sql`select l.status, l.published_at, t.relief_account_id, t.household_id
      from listings l join lots t on t.listing_id = l.id where l.id = ${listingId}`.execute(db);
    expect(rows).toEqual([
      {
        status: "draft",
        published_at: null,
        relief_account_id: household.reliefAccountId,
        household_id: household.id,
      },
    ]);
    expect(await readListing(db, listingId)).toBeNull();
    expect(await readCards(db, "zh", [listingId])).toEqual([]);
    expect(await readDocuments(db, [listingId])).toEqual([]);
    const own = scopeOf(household);
    expect(await readOwnListing(db, own, listingId)).toBeUndefined();
    expect(await readOwnListings(db, own, { limit: 9, offset: 0 })).toMatchObject({ total: 0 });
    const waiting = await readWaitingConsents(db, own);
    expect(waiting).toMatchObject([{ listingId, quantity: 40, priceFen: 2_990, answer: null }]);
  });

  it("can be neither run nor read nor bought as what is hers already", async () => {
    const { household, listingId } = await makeAsked(db);
    const own = scopeOf(household);
    const photoIds = await sql<{ id: string }>`select photo_id as id from listing_photos
      where listing_id = ${listingId}`.execute(db);
    const offer = await offerFor(db, household, { photoIds: photoIds.rows.map(({ id }) => id) });
    const unknown = { ok: false, reason: "listing-unknown" };
    const edit = { ...offer, listingId, version: 0, priceFen: 1 };
    expect(await editListing(db, own, edit)).toEqual(unknown);
    const more = { listingId, clientKey: uuidv7(), quantity: 5, harvestedOn: offer.harvestedOn };
    expect(await restockListing(db, own, more)).toEqual(unknown);
    const end = { listingId, clientKey: uuidv7(), reason: "kept" } as const;
    expect(await sellOut(db, own, end)).toEqual(unknown);
    expect(await readHistory(db, own, listingId)).toEqual([]);
    expect(await readLastListing(db, own)).toBeUndefined();
    expect(await readLastCrops(db, own)).toEqual([]);
    const wanted = { listingId, quantity: 1, clientKey: uuidv7() };
    const bought = await addToCart(db, makeBuyer(), wanted);
    expect(bought).toEqual({ ok: false, reason: "listing-unavailable" });
  });

  it("cannot be put on sale past the household, not even by the app's own role", async () => {
    const { household, listingId } = await makeAsked(db);
    for (const event of ["resume", "pause", "withdraw"] as const) {
      const changed = await changeListing(db, scopeOf(household), { listingId, event });
      expect(changed.ok).toBe(false);
    }
    const app = openAsApp(database);
    const publish = sql`update listings set status = 'published' where id = ${listingId}`;
    await expect(publish.execute(app)).rejects.toThrow("has not agreed");
    const forget = sql`delete from listing_consents where listing_id = ${listingId}`;
    await expect(forget.execute(app)).rejects.toThrow("permission denied");
    await app.destroy();
  });

  it("is one listing and one question, however often the form is sent", async () => {
    const household = await makeHousehold(db);
    await givePhone(db, household);
    const scope = await onBehalfOf(db, household);
    const offer = await offerFor(db, household);
    const lock = sql`select from households where id = ${household.id} for update`;
    const tap = () => listOnBehalf(db, scope, offer);
    const taps = await raceBehind(db, lock, 2, [tap, tap]);
    expect(taps.map((one) => one.ok && one.isNew).sort()).toEqual([false, true]);
    const back = await offerFor(db, household, { photoIds: offer.photoIds });
    expect(await listOnBehalf(db, scope, back)).toMatchObject({ isNew: false, isTwin: true });
    expect(await countListings(household.id)).toBe(1);
  });

  it.each(["refused", "expired"] as const)(
    "is asked about anew once it was %s, as the very same offer",
    async (answer) => {
      const household = await makeHousehold(db);
      await givePhone(db, household);
      const scope = await onBehalfOf(db, household);
      const offer = await offerFor(db, household);
      const first = await listOnBehalf(db, scope, offer);
      if (!first.ok) throw new Error(first.reason);
      const { listingId } = first;
      if (answer === "refused") await answerOwn(db, scopeOf(household), { listingId, answer });
      else await expireConsent(db, listingId, new Date(Date.now() + 24 * 3_600_000));
      expect(await consentState(db, listingId)).toMatch(answer);
      const again = { ...offer, clientKey: uuidv7() };
      const second = await listOnBehalf(db, scope, again);
      expect(second).toMatchObject({ isNew: true });
      expect(second).not.toMatchObject({ listingId });
      expect(await listOnBehalf(db, scope, again)).toEqual({ ...second, isNew: false });
    },
  );

  it("needs a phone to ask, and is asked at most five times a day", async () => {
    const household = await makeHousehold(db);
    const scope = await onBehalfOf(db, household);
    const list = async () => listOnBehalf(db, scope, await offerFor(db, household));
    expect(await list()).toEqual({ ok: false, reason: "no-phone" });
    await givePhone(db, household);
    for (let count = 0; count < 5; count++) expect(await list()).toMatchObject({ isNew: true });
    expect(await list()).toEqual({ ok: false, reason: "asked-too-often" });
    expect(await countListings(household.id)).toBe(5);
    const tomorrow = new Date(Date.now() + 24 * 3_600_000);
    const offer = await offerFor(db, household);
    expect(await listOnBehalf(db, scope, offer, tomorrow)).toMatchObject({ isNew: true });
  });

  it("is not for another cooperative's manager: neither the household nor the question", async () => {
    const { household, listingId } = await makeAsked(db);
    const stranger = managerOf(await makeHousehold(db));
    expect(await readHousehold(db, stranger, household.id)).toBeNull();
    const page = { search: "", page: 1, perPage: 9 };
    expect(await readCoopListings(db, stranger, page)).toEqual({ rows: [], total: 0 });
    const hers = await readCoopListings(db, managerOf(household), page);
    expect(hers).toMatchObject({ rows: [{ id: listingId, consent: { answer: null } }], total: 1 });
  });

  it("begins with a household that is found by any of its names, of the own cooperative only", async () => {
    const household = await makeHousehold(db, { headName: "沙马_阿木" });
    await makeHousehold(db, { headName: "沙马_阿木" });
    const scope = managerOf(household);
    const find = async (search: string) => {
      const { rows } = await findHouseholds(db, scope, { search, page: 1, perPage: 25 });
      return rows.map(({ id }) => id);
    };
    for (const search of ["沙马_", "树河", "Shuhe", household.aliasZh, "REG-", ""]) {
      expect(await find(search), search).toEqual([household.id]);
    }
    expect(await find("沙%木")).toEqual([]);
    const next = await findHouseholds(db, scope, { search: "", page: 2, perPage: 25 });
    expect(next).toEqual({ rows: [], total: 1 });
  });
});

describe("the text message that asks", () => {
  it("says what was listed and nothing of the household, and is recorded without its key", async () => {
    const { listingId } = await makeAsked(db);
    const { texts, token } = await readAsked(db, listingId);
    expect(texts).toHaveLength(1);
    const { text = "" } = texts[0] ?? {};
    const said = ["雪梨", "¥29.90/5斤箱", "一级", "40 份", "最多卖 200 份"];
    for (const part of [...said, "回复 1", "不同意回复 2", "24 小时"]) {
      expect(text).toContain(part);
    }
    const { rows } = await sql<{ private: string[]; sent_text: string; links: string }>`
      select array[h.head_name, h.register_code, h.alias_zh, h.village_zh] as private, c.sent_text,
        (select string_agg(encode(token_hash, 'escape'), '') from consent_links k
          where k.listing_id = c.listing_id) as links
      from listing_consents c join households h on h.id = c.household_id
      where c.listing_id = ${listingId}`.execute(db);
    const { private: secrets = [], sent_text = "", links = "" } = rows[0] ?? {};
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(sent_text).toBe(text.replace(token, "…"));
    expect(token).toHaveLength(22);
    expect(links).not.toContain(token);
    expect((await readAsked(db, listingId)).texts).toEqual([]);
  });

  it("offers a bare word only where it can mean no other listing", async () => {
    const { household, listingId } = await makeAsked(db);
    const second = await makeAsked(db, { household });
    const first = await readAsked(db, listingId);
    expect(first.texts[0]?.text).toContain("回复 1");
    const { texts } = await readAsked(db, second.listingId);
    expect(texts[0]?.text).not.toContain("回复");
    expect(texts[0]?.text).toContain("/consent/");
  });

  it.each([
    ["refused", 1],
    ["expired", 25],
  ] as const)(
    "offers none while the message of one that was %s may be answered",
    async (answer, hours) => {
      const { household, listingId } = await makeAsked(db);
      await readAsked(db, listingId);
      const now = new Date(Date.now() + hours * 3_600_000);
      const given = { answer, way: "account", by: null, now } as const;
      await db.transaction().execute((trx) => answerIn(trx, listingId, given));
      const takesWords = async (at: Date) => {
        const next = await makeAsked(db, { household, offer: { priceFen: 3_100 }, now: at });
        const row = db.selectFrom("listing_consents").where("listing_id", "=", next.listingId);
        return (await row.select("takes_words").executeTakeFirst())?.takes_words;
      };
      expect(await takesWords(now)).toBe(false);
      expect(await takesWords(new Date(now.getTime() + 24 * 3_600_000))).toBe(true);
    },
  );
});
