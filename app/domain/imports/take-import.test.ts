import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeListing } from "#app/domain/listings/change-listing.ts";
import { readHistory } from "#app/domain/listings/read-history.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { csvFile } from "#app/domain/sheets/csv-file.ts";
import type { DB } from "#db/schema.d.ts";
import { givePhone, onBehalfOf } from "#tests/factories/consents.ts";
import {
  IMPORTED_AT,
  keepTable,
  lineWords,
  makeImportCoop,
  takeTable,
} from "#tests/factories/imports.ts";
import type { MadeHousehold } from "#tests/factories/people.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { killedAfter } from "#tests/setup/killed.ts";
import type { ImportKind } from "./columns.ts";
import { readKeptImport, startImport } from "./keep-import.ts";
import { listingsFile } from "./listings-file.ts";
import { takeImport } from "./take-import.ts";

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

const now = IMPORTED_AT;
const makeCoop = () => makeImportCoop(db);
const keep = (scope: CoopScope, kind: ImportKind, text: string) => keepTable(db, scope, kind, text);
const take = (scope: CoopScope, kind: ImportKind, text: string, isWhole = false) =>
  takeTable(db, scope, { kind, text, isWhole });
const wordsOf = (scope: CoopScope, importId: string) => lineWords(db, scope, importId);

const lotsOf = (listingId: string) =>
  db
    .selectFrom("lots")
    .where("listing_id", "=", listingId)
    .select(["harvested_on as day", "quantity_in as came", "available"])
    .orderBy("id")
    .execute();
const priceOf = async (id: string) =>
  (await db.selectFrom("listings").select("price_fen").where("id", "=", id).executeTakeFirst())
    ?.price_fen;

const LOTS = "商品编号,新到数量,采收日期,备注\n";

test("a look at a file changes nothing, and says of each line what would become of it", async () => {
  const { listings, scope, household } = await makeCoop();
  const [one, two] = listings;
  const stranger = (await makeCoop()).listings[0];
  await changeListing(db, scopeOf(household), { listingId: two, event: "withdraw" });
  const text = `${LOTS}${one},20,2026-11-22\n${stranger},1,2026-11-22\n${two},1,2026-11-22
${one},99,2026-11-22\n${one},1,2024-01-01\n${one},0,2026-11-22`;
  const importId = await keep(scope, "lots", text);
  expect(await wordsOf(scope, importId)).toEqual([
    ...["looked-at", "take", "listing-unknown", "listing-withdrawn", "beyond-agreed"],
    ...["harvest-too-old", "atLeastOne"],
  ]);
  expect(await lotsOf(one)).toEqual([{ day: "2026-11-01", came: 10, available: 10 }]);
});

test("stock comes in as from the form: by day of harvest, in the history, told and indexed", async () => {
  const { listings, scope, household } = await makeCoop();
  const [one] = listings;
  await sql`update lots set available = 0, sold = 10 where listing_id = ${one}`.execute(db);
  const text = `${LOTS}${one},2,2026-11-20\n${one},3,2026-11-22\n${one},4,2026-11-22,下午`;
  expect(await take(scope, "lots", text)).toEqual(["taken", "take", "take", "take"]);
  expect(await lotsOf(one)).toEqual([
    { day: "2026-11-01", came: 10, available: 0 },
    { day: "2026-11-20", came: 2, available: 2 },
    { day: "2026-11-22", came: 7, available: 7 },
  ]);
  const listing = db.selectFrom("listings").select(["harvested_on", "version"]);
  expect(await listing.where("id", "=", one).executeTakeFirst()).toMatchObject({
    harvested_on: "2026-11-20",
  });
  const history = await readHistory(db, scopeOf(household), one);
  expect(history.map(({ what, after }) => `${what} ${after}`)).toEqual([
    ...["restock 9", "restock 5", "restock 2", "harvestedOn 2026-11-20"],
  ]);
  const untold = db.selectFrom("untold_changes").select("household_id");
  expect(await untold.where("listing_id", "=", one).execute()).toHaveLength(1);
  const { rows } = await sql`select from graphile_worker.jobs
    where key = ${`index-listing:${one}`}`.execute(database.db);
  expect(rows).toHaveLength(1);
});

test("the same file again, mended in one line, brings that line alone", async () => {
  const { listings, scope } = await makeCoop();
  const [one, two] = listings;
  const text = `${LOTS}${one},5,2026-11-22\n${two},5,明天\n`;
  expect(await take(scope, "lots", text)).toEqual(["taken", "take", "date"]);
  const mended = text.replace("明天", "2026年11月22日").replace("5,2026-11", "'5,2026/11");
  expect(await take(scope, "lots", mended)).toEqual(["taken", "known", "take"]);
  expect(await take(scope, "lots", mended, true)).toEqual(["taken", "known", "known"]);
  for (const id of listings) {
    expect((await lotsOf(id)).map(({ came }) => came)).toEqual([10, 5]);
  }
});

test("of all lines or none, none is taken when one cannot be any more", async () => {
  const { listings, scope, household } = await makeCoop();
  const [one, two] = listings;
  const importId = await keep(scope, "lots", `${LOTS}${one},5,2026-11-22\n${two},5,2026-11-22`);
  expect(await wordsOf(scope, importId)).toEqual(["looked-at", "take", "take"]);
  await changeListing(db, scopeOf(household), { listingId: two, event: "withdraw" });
  await startImport(db, scope, { importId, isWhole: true, now });
  await takeImport(db, { importId, now });
  expect(await wordsOf(scope, importId)).toEqual(["refused", "take", "listing-withdrawn"]);
  expect(await lotsOf(one)).toHaveLength(1);
});

test("two who press at once, and a worker that is killed and starts anew, take each line once", async () => {
  const { listings, scope } = await makeCoop();
  const [one] = listings;
  const lines = Array.from({ length: 2_010 }, (_, index) =>
    index % 100 === 0 ? `${one},1,2026-11-22,${index}` : `${one},0,2026-11-22,${index}`,
  );
  const importId = await keep(scope, "lots", LOTS + lines.join("\n"));
  const starts = await Promise.all(
    [1, 2].map(() => startImport(db, scope, { importId, isWhole: false, now })),
  );
  expect(starts.filter((start) => start.ok && start.isNew)).toHaveLength(1);
  // Killed behind the first step: what it has committed stands, and nothing of the next.
  await expect(takeImport(killedAfter(db, 1), { importId, now })).rejects.toThrow("killed");
  const halfway = await readKeptImport(db, scope, importId, now);
  expect(halfway).toMatchObject({ state: "under-way", done: 2_000 });
  await Promise.all([1, 2].map(() => takeImport(db, { importId, now })));
  expect((await readKeptImport(db, scope, importId, now))?.state).toBe("taken");
  expect((await lotsOf(one))[1]).toMatchObject({ came: 21 });
});

test("a price is never below what its household agreed to, nor far off, and may be taken back", async () => {
  const { listings, scope, household } = await makeCoop();
  const [one, two] = listings;
  const price = (id: string, yuan: string) => `${id},${yuan}\n`;
  const file = (...lines: string[]) => `商品编号,新价\n${lines.join("")}`;
  expect(await take(scope, "prices", file(price(one, "26"), price(two, "19.99")))).toEqual([
    ...["taken", "take", "agreed-price"],
  ]);
  expect(await take(scope, "prices", file(price(one, "￥20元"), price(two, "200")))).toEqual([
    ...["taken", "take", "price-doubted"],
  ]);
  expect(await take(scope, "prices", file(price(one, "20"), price(two, "0")))).toEqual([
    ...["taken", "known", "priceRange"],
  ]);
  expect([await priceOf(one), await priceOf(two)]).toEqual([2_000, 2_000]);
  const history = await readHistory(db, scopeOf(household), one);
  expect(history.map(({ what, after }) => `${what} ${after}`)).toEqual([
    "price 2000",
    "price 2600",
  ]);
});

async function showPhoto(household: MadeHousehold, listingId: string) {
  const photo = uuidv7();
  const content_hash = photo.replaceAll("-", "").padEnd(64, "0");
  const of = { uploaded_by: household.id, content_hash };
  await db
    .insertInto("photos")
    .values({ id: photo, ...of })
    .execute();
  const shown = { listing_id: listingId, photo_id: photo, position: 0 };
  await db.insertInto("listing_photos").values(shown).execute();
}

test("what is listed for a household waits for its yes, five a day, each once", async () => {
  const { listings, scope, household } = await makeCoop();
  const homes = db.selectFrom("households").select("register_code as code");
  const { code } = await homes.where("id", "=", household.id).executeTakeFirstOrThrow();
  const head = "农户,作物,品名,等级,单位,价格,数量,采收日期\n";
  const offer = (title: string) => `${code},苹果,${title},一级,公斤,12.5,40,2026-11-20\n`;
  const other = (await makeCoop()).household;
  const { code: theirs } = await homes.where("id", "=", other.id).executeTakeFirstOrThrow();
  expect(await take(scope, "listings", head + offer("甲"))).toEqual(["taken", "no-phone"]);
  await givePhone(db, household);
  expect(await take(scope, "listings", head + offer("甲"))).toEqual(["taken", "no-photo"]);
  await showPhoto(household, listings[0]);
  const all = [..."甲乙丙丁戊己"].map(offer).join("") + offer("庚").replace(code, theirs);
  const words = ["taken", ...Array(5).fill("take"), "asked-too-often", "household-unknown"];
  expect(await take(scope, "listings", head + all)).toEqual(words);
  const made = await db
    .selectFrom("listings as l")
    .innerJoin("listing_consents as c", "c.listing_id", "l.id")
    .where("l.created_by_household_id", "=", household.id)
    .select(["l.status", "c.answer"])
    .execute();
  expect(made).toEqual(Array(5).fill({ status: "draft", answer: null }));
  expect(await take(scope, "listings", head + offer("甲"), true)).toEqual(["taken", "known"]);
  expect((await onBehalfOf(db, household)).householdId).toBe(household.id);
});

test("nobody reads or starts another cooperative's file, and who may not sell any more takes nothing", async () => {
  const { listings, scope } = await makeCoop();
  const { scope: other } = await makeCoop();
  const importId = await keep(scope, "prices", `商品编号,新价\n${listings[0]},21`);
  expect(await readKeptImport(db, other, importId)).toBeNull();
  expect(await startImport(db, other, { importId, isWhole: true })).toMatchObject({ ok: false });
  await takeImport(db, { importId, now });
  expect(await priceOf(listings[0])).toBe(2_000);
  await startImport(db, scope, { importId, isWhole: false, now });
  await db
    .updateTable("cooperative_members")
    .set({ role: "packer" })
    .where("user_id", "=", scope.userId)
    .execute();
  await takeImport(db, { importId, now });
  expect((await wordsOf(scope, importId))[0]).toBe("stopped");
  expect(await priceOf(listings[0])).toBe(2_000);
});

test("what is exported runs no formula, holds only one's own, and is read again filled in", async () => {
  const { listings, scope, household } = await makeCoop();
  await db
    .updateTable("listings")
    .set({ title_zh: "=HYPERLINK(1)" })
    .where("id", "=", listings[0])
    .execute();
  const file = await listingsFile(db, scope);
  expect(file).toContain("'=HYPERLINK(1)");
  expect(file).not.toMatch(/(^|,)"?[=+@-]/m);
  expect(file.match(/\r\n/g)).toHaveLength(3);
  const filled = file.replace(/20\.00,,,,\r\n/, "20.00,22,,,\r\n");
  const words = await take(scope, "prices", filled);
  expect(words).toEqual(["taken", "take"]);
  const told = db.selectFrom("untold_changes").select("listing_id");
  expect(await told.where("household_id", "=", household.id).execute()).toHaveLength(1);
  expect(csvFile([["@SUM(1)", "+1", "-1", "a"]])).toBe("\uFEFF'@SUM(1),'+1,'-1,a\r\n");
});
