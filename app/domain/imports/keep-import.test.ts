import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importRows, makeImportCoop } from "#tests/factories/imports.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { keepImport, readKeptImport } from "./keep-import.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a form sent twice is one file, and gone back to with a mended table it is another", async () => {
  const { db } = database;
  const { listings, scope } = await makeImportCoop(db);
  const clientKey = uuidv7();
  const send = async (yuan: string) => {
    const rows = await importRows("prices", Buffer.from(`商品编号,新价\n${listings[0]},${yuan}`));
    return (await keepImport(db, scope, { clientKey, kind: "prices", rows })).importId;
  };
  const first = await send("26");
  expect(await send("26")).toBe(first);
  const mended = await readKeptImport(db, scope, await send("27"));
  expect(mended?.rows).toMatchObject([{ value: { newPrice: 2_700 } }]);
  expect(mended?.id).not.toBe(first);
});
