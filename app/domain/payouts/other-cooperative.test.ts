import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBalances } from "#app/domain/ledger/balances.ts";
import { earn } from "#tests/factories/money.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { colleagueOf, coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { bouncePayout } from "./bounce-payout.ts";
import { confirmRun } from "./confirm-run.ts";
import { readLeftOut } from "./left-out.ts";
import { prepareRun } from "./prepare-run.ts";
import { readRun } from "./read-run.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** A cooperative that has paid one household and left out another, which has no bank details. */
async function makePaidRun() {
  const cooperative = await makeCooperative(test.db);
  const paid = await makeHousehold(test.db, { cooperative });
  const leftOut = await makeHousehold(test.db, { cooperative, hasBankAccount: false });
  await earn(test.db, paid, 1_000);
  await earn(test.db, leftOut, 700);
  const scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  const run = await prepareRun(test.db, scope, { clientKey: uuidv7() });
  if (!run.ok) throw new Error(run.reason);
  const { runId } = run;
  await confirmRun(test.db, colleagueOf(scope), { runId });
  const payoutId = (await readRun(test.db, scope, runId))?.items[0]?.id ?? "";
  return { scope, runId, payoutId, paid, leftOut };
}

describe("a manager with a run of her own", () => {
  it("cannot bounce another cooperative's payout through it", async () => {
    const [mine, theirs] = [await makePaidRun(), await makePaidRun()];
    const bounced = await bouncePayout(test.db, mine.scope, {
      runId: mine.runId,
      payoutId: theirs.payoutId,
      reason: "other",
    });
    expect(bounced).toEqual({ ok: false, reason: "payout-not-found" });
    const code = `relief:${theirs.paid.reliefCode}`;
    expect((await readBalances(test.db, [code])).get(code)).toBe(0);
    const run = await readRun(test.db, theirs.scope, theirs.runId);
    expect(run?.items.map((item) => item.status)).toEqual(["paid"]);
  });

  it("reads whom her run left out, and of another's run nobody", async () => {
    const [mine, theirs] = [await makePaidRun(), await makePaidRun()];
    expect(await readLeftOut(test.db, mine.scope, mine.runId)).toMatchObject([
      { reliefCode: mine.leftOut.reliefCode, fen: 700, reason: "no-bank-details" },
    ]);
    expect(await readLeftOut(test.db, mine.scope, theirs.runId)).toEqual([]);
  });
});
