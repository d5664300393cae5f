import { afterAll, beforeAll, expect, test } from "vitest";
import { makeSearchMarket } from "#tests/factories/search.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readDocuments, type SearchDocument } from "./document.ts";
import { weighedTerms } from "./weighed-terms.ts";

let database: TestDatabase;
let honey: SearchDocument | undefined;
let pear: SearchDocument | undefined;
beforeAll(async () => {
  database = await createTestDatabase();
  const ids = await makeSearchMarket(database.db);
  await database.db
    .updateTable("categories")
    .set({ kinds: ["雪花梨", "酥梨"] })
    .where("code", "=", "pear")
    .execute();
  const documents = await readDocuments(database.db, [ids.honey ?? "", ids.pear ?? ""]);
  honey = documents.find(({ id }) => id === ids.honey);
  pear = documents.find(({ id }) => id === ids.pear);
});
afterAll(() => database?.drop());

test("a kind that the title names is a name of the listing, another kind is not", () => {
  const { names, typedNames } = weighedTerms(pear as SearchDocument);
  expect(names).toContain("雪花梨");
  expect(typedNames).toEqual(expect.arrayContaining(["xuehuali", "xhl"]));
  expect(names).not.toContain("酥梨");
});

test("a listing has the other names of its crop, as they are written and typed", () => {
  const { names, typedNames } = weighedTerms(honey as SearchDocument);
  expect(names).toEqual(expect.arrayContaining(["蜂蜜", "honey"]));
  expect(typedNames).toEqual(expect.arrayContaining(["fengmi", "fm"]));
});
