import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MadeHousehold, makeHousehold } from "#tests/factories/people.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { type Posting, postTransaction } from "./post.ts";

let database: TestDatabase;
let db: ReturnType<typeof openAsApp>;
let mine: MadeHousehold;
let hers: MadeHousehold;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openAsApp(database);
  mine = await makeHousehold(database.db);
  hers = await makeHousehold(database.db);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const post = (...postings: Posting[]) =>
  db.transaction().execute((trx) =>
    postTransaction(trx, {
      ...{ kind: "sale", causeType: "order", causeId: uuidv7() },
      ...{ idempotencyKey: `sale:${uuidv7()}`, occurredAt: new Date(), postings },
    }),
  );
const relief = (of: MadeHousehold) => `relief:${of.reliefCode}`;
const paid = { account: "stripe:clearing", fen: 100 };
const REFUSED = "posting_carries_its_relief_account";

test("what a household is owed carries the tag of its own relief account", async () => {
  const owed = { account: relief(mine), fen: -100, reliefAccountId: mine.reliefAccountId };
  expect(await post(paid, owed)).toMatchObject({ ok: true });
});

test.each([
  ["without a tag", () => [paid, { account: relief(mine), fen: -100 }]],
  [
    "with another household's tag",
    () => [paid, { account: relief(mine), fen: -100, reliefAccountId: hers.reliefAccountId }],
  ],
  [
    "of a household that has no relief account",
    () => [paid, { account: "relief:LS-999999", fen: -100 }],
  ],
  [
    "on an account that is no household's, with a tag",
    () => [paid, { account: "coop-fee:yanyuan", fen: -100, reliefAccountId: mine.reliefAccountId }],
  ],
])("the database refuses a posting %s", async (_what, postings: () => Posting[]) => {
  await expect(post(...postings())).rejects.toMatchObject({ constraint: REFUSED });
});

test("no household's tag can be moved to another account by the app", async () => {
  const moved = sql`update relief_accounts set ledger_account_id = gen_random_uuid()`.execute(db);
  await expect(moved).rejects.toThrow("permission denied");
});
