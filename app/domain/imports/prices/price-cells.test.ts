import { afterAll, beforeAll, expect, test } from "vitest";
import { keepTable, lineWords, makeImportCoop } from "#tests/factories/imports.ts";
import { FOREIGN, NO_NUMBER, NO_YUAN } from "#tests/factories/not-money.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("of all that is no amount of yuan in a table of prices: is said of the cell, and none is taken", async () => {
  const { db } = database;
  const { listings, scope } = await makeImportCoop(db);
  const lookedAt = async (typed: string) => {
    const text = `商品编号,新价\n"${listings[0]}","${typed}"`;
    return lineWords(db, scope, await keepTable(db, scope, "prices", text));
  };
  for (const typed of ["26", "￥26.00", "26.5元"]) {
    expect(await lookedAt(typed), typed).toEqual(["looked-at", "take"]);
  }
  const more = ["＄21", "$ 30.5", "21美元", "29.9999999999", "29.900000000000002"];
  const noAmounts = [...NO_NUMBER, ...NO_YUAN, ...FOREIGN, ...more];
  for (const typed of noAmounts.filter((text) => text.trim() !== "")) {
    const fault = typed === "0" || typed === "0.00" ? "priceRange" : "price";
    expect(await lookedAt(typed), typed).toEqual(["looked-at", fault]);
  }
  // A line that names no price asks for none.
  for (const typed of ["", " "]) await expect(lookedAt(typed)).rejects.toThrow("no-rows");
});
