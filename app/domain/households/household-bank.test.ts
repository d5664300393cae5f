import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { earn } from "#tests/factories/money.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { prepareRun } from "../payouts/prepare-run.ts";
import { readRun } from "../payouts/read-run.ts";
import { bankSeen, readHouseholdBank, setHouseholdBank } from "./household-bank.ts";

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

/** A household that was opened by its manager: nobody has said where it is paid to. */
async function makeOpened() {
  const cooperative = await makeCooperative(database.db);
  const { id: householdId } = await makeHousehold(database.db, { cooperative });
  await sql`update households set bank_account_name = null, bank_account_number = null,
    bank_name = null where id = ${householdId}`.execute(database.db);
  const scope = coopScope({ userId: "bookkeeper", cooperativeId: cooperative.id });
  return { householdId, scope };
}
const account = { name: "吉克阿牛", number: "6222020200112230001", bank: "农村信用社盐源支行" };

test("a household without an account is left out of a run until somebody gives one, and paid to it by the next", async () => {
  const cooperative = await makeCooperative(database.db);
  const home = await makeHousehold(database.db, { cooperative });
  await earn(database.db, home, 5_000);
  await sql`update households set bank_account_number = '' where id = ${home.id}`.execute(
    database.db,
  );
  const scope = coopScope({ userId: "bookkeeper", cooperativeId: cooperative.id });
  const prepare = () => prepareRun(db, scope, { clientKey: uuidv7() });
  expect(await prepare()).toMatchObject({ ok: false });
  const householdId = home.id;
  expect((await readHouseholdBank(db, scope, householdId))?.account).toBeNull();
  const given = { householdId, account, seen: "none" };
  expect(await setHouseholdBank(db, scope, given)).toEqual({ ok: true, isNew: true });
  expect(await setHouseholdBank(db, scope, given)).toEqual({ ok: true, isNew: false });
  const run = await prepare();
  if (!run.ok) throw new Error(run.reason);
  expect((await readRun(db, scope, run.runId))?.items).toMatchObject([
    { bankAccountName: account.name, bankAccountNumber: account.number },
  ]);
  // A run keeps what it was prepared with.
  const other = { ...account, number: "6222020200119990009" };
  expect(
    await setHouseholdBank(db, scope, { householdId, account: other, seen: "0001" }),
  ).toMatchObject({ isNew: true });
  expect((await readRun(db, scope, run.runId))?.items).toMatchObject([
    { bankAccountNumber: account.number },
  ]);
  const { rows } = await sql`select action, before, after from audit_log
    where subject_id = ${householdId} order by id`.execute(db);
  expect(rows).toEqual([
    { action: "household.bank-set", before: null, after: { numberEnd: "0001" } },
    {
      action: "household.bank-set",
      ...{ before: { numberEnd: "0001" }, after: { numberEnd: "0009" } },
    },
  ]);
  const { rows: told } = await sql`select template, params from messages
    where household_id = ${householdId} order by id`.execute(database.db);
  expect(told).toEqual([
    { template: "household.bank-set", params: { end: "0001" } },
    { template: "household.bank-set", params: { end: "0009" } },
  ]);
});

test("of two who give different accounts at once the second is shown the first's, and another cooperative's household is not there", async () => {
  const { householdId, scope } = await makeOpened();
  const other = (await makeOpened()).scope;
  expect(await readHouseholdBank(db, other, householdId)).toBeUndefined();
  expect(await readHouseholdBank(db, scope, "x")).toBeUndefined();
  const set = (number: string) => () =>
    setHouseholdBank(db, scope, {
      ...{ householdId, account: { ...account, number }, seen: bankSeen(null) },
    });
  const lock = sql`select from households where id = ${householdId} for update`;
  const answers = await raceBehind(database.db, lock, 2, [set("11111111"), set("22222222")]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.find(({ ok }) => !ok)).toMatchObject({ reason: "bank-changed" });
  expect(await setHouseholdBank(db, other, { householdId, account, seen: "none" })).toMatchObject({
    reason: "household-not-found",
  });
  const stands = (await readHouseholdBank(db, scope, householdId))?.account?.number;
  expect(["11111111", "22222222"]).toContain(stands);
});
