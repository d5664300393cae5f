import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { earn } from "#tests/factories/money.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { colleagueOf, coopScope } from "#tests/factories/scopes.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { confirmRun } from "./confirm-run.ts";
import { readOwed } from "./owed.ts";
import { prepareRun } from "./prepare-run.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it("a payout run is approved by somebody else than who prepared it, and once by two who press together", async () => {
  const cooperative = await makeCooperative(test.db);
  const home = await makeHousehold(test.db, { cooperative });
  await earn(test.db, home, 2_811);
  const scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  const owedFen = async () => (await readOwed(test.db, scope))[0]?.balanceFen;
  const run = await prepareRun(test.db, scope, { clientKey: uuidv7() });
  if (!run.ok) throw new Error(run.reason);
  const { runId } = run;
  const own = await confirmRun(test.db, scope, { runId, evenIfOverdrawn: true });
  expect(own).toEqual({ ok: false, reason: "same-person" });
  expect(await owedFen()).toBe(2_811);
  const bare = sql`update payout_runs set status = 'confirmed', confirmed_at = now(),
    confirmed_by_user_id = prepared_by_user_id where id = ${runId}`;
  await expect(bare.execute(test.db)).rejects.toThrow("payout_runs_by_two");

  const second = colleagueOf(scope);
  const holder = await test.db.startTransaction().execute();
  await sql`select 1 from cooperatives where id = ${cooperative.id} for update`.execute(holder);
  const both = Promise.all(
    [second, colleagueOf(second)].map((one) => confirmRun(test.db, one, { runId })),
  );
  await waitUntilBlocked(test.db, 2);
  await holder.commit().execute();
  const answers = await both;
  expect(answers.map((answer) => answer.ok && answer.isNew).sort()).toEqual([false, true]);
  expect(await owedFen()).toBe(0);
  // A late press of who prepared it, of a page that still shows it open, changes nothing.
  expect(await confirmRun(test.db, scope, { runId })).toEqual({ ok: true, isNew: false });
});
