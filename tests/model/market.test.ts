import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkBooks } from "#scripts/chaos/ledger/check-books.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { playHistory } from "./history.ts";
import kept from "./kept.json" with { type: "json" };
import { type History, histories } from "./steps.ts";

let database: TestDatabase;
/** What the market must not do, this must not need. */
let db: ReturnType<typeof openAsApp>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openAsApp(database);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

describe("the market is what an independent model of it says", () => {
  test("after random histories", { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(histories(60), async (history) => {
      const { deviations } = await playHistory(db, history);
      expect(deviations).toEqual([]);
    });
    await fc.assert(property, { numRuns: 10 });
  });

  test.each(kept)("after a history that once went wrong: $why", async ({ layout, steps }) => {
    const history = { layout, steps } as History;
    const { deviations } = await playHistory(db, history);
    expect(deviations).toEqual([]);
  });

  test("with books that hold after all of these, sealed and told again", async () => {
    expect((await checkBooks(database.db)).deviations).toEqual([]);
  });
});
