import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CoopListing, readChosenListings } from "#app/domain/consents/read-coop-listings.ts";
import { lineWords, makeImportCoop, IMPORTED_AT as now } from "#tests/factories/imports.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { pricesTable, stockTable } from "./chosen-table.ts";
import { keepImport, startImport } from "./keep-import.ts";
import { type PriceChange, priceAfter } from "./price-change-rule.ts";
import { takeImport } from "./take-import.ts";
import { understand } from "./understand.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const named = ({ id, titleEn: title, priceFen }: CoopListing) => ({ id, title, priceFen });
const percent = (tenthsPercent: number, step = 1): PriceChange => ({ by: { tenthsPercent }, step });
const yuan = (fen: number, step = 1): PriceChange => ({ by: { fen }, step });

test("a price goes up or down by a share or an amount, rounded half up to fen, jiao or yuan, and never below zero", () => {
  expect(priceAfter(2_990, percent(50))).toBe(3_140);
  expect(priceAfter(2_990, percent(25))).toBe(3_065);
  expect(priceAfter(2_990, percent(-25))).toBe(2_915);
  expect(priceAfter(2_990, percent(50, 10))).toBe(3_140);
  expect(priceAfter(2_990, percent(25, 100))).toBe(3_100);
  expect(priceAfter(2_990, yuan(250))).toBe(3_240);
  expect(priceAfter(2_990, yuan(-245, 10))).toBe(2_750);
  expect(priceAfter(1, percent(-500))).toBe(1);
  expect(priceAfter(100, yuan(-200))).toBe(0);
  expect(priceAfter(99_999_999, percent(5_000))).toBe(599_999_994);
});

test("the chosen listings' new prices are looked at as a table's, and taken as it is: once, however often", async () => {
  const { db } = database;
  const { listings, scope } = await makeImportCoop(db);
  const other = await makeImportCoop(db);
  const chosen = await readChosenListings(db, scope, [
    ...[listings[1], other.listings[0], "no-id", listings[0], listings[1]],
  ]);
  expect(chosen.map(({ id }) => id)).toEqual([listings[1], listings[0]]);
  const read = understand("prices", pricesTable(chosen.map(named), percent(50)));
  if (!read.ok) throw new Error(read.reason);
  expect(read.rows[0]?.said).toMatchObject({ priceNow: "20.00", newPrice: "21.00" });
  const kept = { clientKey: uuidv7(), kind: "prices", rows: read.rows } as const;
  const { importId } = await keepImport(db, scope, kept);
  expect(await lineWords(db, scope, importId)).toEqual(["looked-at", "take", "take"]);
  await startImport(db, scope, { importId, isWhole: true, now });
  await takeImport(db, { importId, now });
  await takeImport(db, { importId, now });
  const prices = await readChosenListings(db, scope, listings);
  expect(prices.map(({ priceFen }) => priceFen)).toEqual([2_100, 2_100]);
  // Below what its household has agreed to no price goes, whatever share is asked for.
  const lower = understand("prices", pricesTable(prices.map(named), percent(-100)));
  if (!lower.ok) throw new Error(lower.reason);
  const low = await keepImport(db, scope, { ...kept, clientKey: uuidv7(), rows: lower.rows });
  expect(await lineWords(db, scope, low.importId)).toEqual([
    ...["looked-at", "agreed-price", "agreed-price"],
  ]);
});

test("what came in of the chosen listings: what was left empty is left, what is no whole number is told of its line", async () => {
  const { db } = database;
  const { listings, scope } = await makeImportCoop(db);
  const [a, b] = listings;
  const chosen = await readChosenListings(db, scope, listings);
  const rowsOf = (added: [string, string][], note: string) => {
    const said = { added: new Map(added), harvestedOn: "2026-11-20", note };
    return understand("lots", stockTable(chosen.map(named), said));
  };
  expect(rowsOf([[a, " "]], "9:00")).toEqual({ ok: false, reason: "no-rows" });
  const read = rowsOf(
    [
      [a, "5"],
      [b, "1.5"],
    ],
    "9:00",
  );
  if (!read.ok) throw new Error(read.reason);
  const keep = async (rows = read.rows) =>
    (await keepImport(db, scope, { clientKey: uuidv7(), kind: "lots", rows })).importId;
  const take = async (importId: string) => {
    await startImport(db, scope, { importId, isWhole: false, now });
    await takeImport(db, { importId, now });
    return lineWords(db, scope, importId);
  };
  expect(await take(await keep())).toEqual(["taken", "take", "wholeNumber"]);
  expect(await take(await keep())).toEqual(["taken", "known", "wholeNumber"]);
  const later = rowsOf([[a, "5"]], "10:00");
  if (!later.ok) throw new Error(later.reason);
  expect(await take(await keep(later.rows))).toEqual(["taken", "take"]);
  const [first] = await readChosenListings(db, scope, [a]);
  expect(first?.available).toBe(20);
});
