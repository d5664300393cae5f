import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, expect, test } from "vitest";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { colleagueOf, coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments } from "#tests/setup/payments.ts";
import { confirmRun } from "../payouts/confirm-run.ts";
import { prepareRun } from "../payouts/prepare-run.ts";
import { verifyLedger } from "./verify-ledger.ts";

let database: TestDatabase;
let paid: Awaited<ReturnType<typeof makeMoved>>;
beforeEach(async () => {
  const payments = await startTestPayments();
  database = await createTestDatabase();
  paid = await makeMoved(payments);
  return async () => {
    await payments.close();
    await database.drop();
  };
});

/** A household that sold in one cooperative's name, moved to another and was paid there. */
async function makeMoved(payments: Awaited<ReturnType<typeof startTestPayments>>) {
  const { db } = database;
  const [first, second] = [await makeCooperative(db), await makeCooperative(db)];
  const household = await makeHousehold(db, { cooperative: first });
  const listing = await makeListing(db, { lots: [{ household, quantity: 9 }] });
  await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
  const move = (to: { id: string }) =>
    sql`update households set cooperative_id = ${to.id} where id = ${household.id}`.execute(db);
  await move(second);
  const scope = coopScope({ userId: "manager", cooperativeId: second.id });
  const run = await prepareRun(db, scope, { clientKey: uuidv7() });
  if (!run.ok) throw new Error(run.reason);
  expect(await confirmRun(db, colleagueOf(scope), { runId: run.runId })).toMatchObject({
    ok: true,
  });
  return { first, second, household, runId: run.runId, move };
}

const differences = async () => (await verifyLedger(database.db)).differences;
const renote = (after: ReturnType<typeof sql>) =>
  sql`update audit_log set after = ${after} where subject_id = ${paid.runId}
    and action = 'payout-run.prepared'`.execute(database.db);

test("a household that was paid by its second cooperative may go back to its first, or on", async () => {
  const { first, second, move } = paid;
  for (const next of [first, second, await makeCooperative(database.db)]) {
    await move(next);
    expect(await differences()).toEqual([]);
  }
});

test("so may one that was paid before each payout was noted by itself", async () => {
  await paid.move(paid.first);
  await renote(sql`after - 'paid'`);
  expect(await differences()).toEqual([]);
});

test.each([
  ["another amount", sql`jsonb_set(after, '{paid,0,fen}', '1')`],
  ["nobody", sql`jsonb_set(after, '{paid}', '[]')`],
  ["another sum", sql`jsonb_set(after - 'paid', '{totalFen}', '1')`],
])("but not one to whom its run was to pay %s", async (_, after) => {
  await paid.move(paid.first);
  await renote(after);
  expect(await differences()).toMatchObject([{ kind: "payout-beyond" }]);
});
