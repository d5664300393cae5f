import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { earn } from "#tests/factories/money.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { colleagueOf, coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { bouncePayout } from "./bounce-payout.ts";
import { confirmRun } from "./confirm-run.ts";
import { readOwed } from "./owed.ts";
import { prepareRun } from "./prepare-run.ts";
import { readRun } from "./read-run.ts";

let database: TestDatabase;
let home: MadeHousehold;
let scope: ReturnType<typeof coopScope>;
beforeEach(async () => {
  database = await createTestDatabase();
  const cooperative = await makeCooperative(database.db);
  scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  home = await makeHousehold(database.db, { cooperative });
  return () => database.drop();
});

const sell = (day: number, fen: number, orderLineId = uuidv7()) =>
  earn(database.db, home, fen, {
    orderLineId,
    occurredAt: new Date(`2026-11-${day}T12:00:00+08:00`),
  });
const upTo = (day: number) => ({ soldUntil: `2026-11-${day}`, minimumFen: 0 });

/** A run, of all or up to a day, is prepared and confirmed: how much it paid, and how to send it back. */
async function pay(day?: number) {
  const { db } = database;
  const terms = day === undefined ? undefined : upTo(day);
  const run = await prepareRun(db, scope, { clientKey: uuidv7(), terms });
  if (!run.ok) throw new Error(run.reason);
  const { runId } = run;
  await confirmRun(db, colleagueOf(scope), { runId });
  const read = await readRun(db, scope, runId);
  const payoutId = read?.items[0]?.id ?? "";
  const bounce = () => bouncePayout(db, scope, { runId, payoutId, reason: "account-closed" });
  return { fen: read?.totalFen, bounce };
}

const due = async (day: number) => {
  const [row] = await readOwed(database.db, scope, upTo(day));
  return [row?.payableFen, row?.laterFen];
};

describe("what was sold up to a day is due, whatever of later sales was paid before", () => {
  test("once the bank sends the payout of it back", async () => {
    await sell(12, 500);
    const early = await pay(12);
    await sell(13, 800);
    const late = await pay();
    expect([early.fen, late.fen]).toEqual([500, 800]);
    await early.bounce();
    expect(await due(12)).toEqual([500, 0]);
  });

  test("once it is settled, late", async () => {
    await sell(13, 800);
    await pay();
    await sell(12, 500);
    await sell(14, 90);
    expect(await due(12)).toEqual([500, 90]);
  });

  test("less what refunds of paid sales have overdrawn", async () => {
    const line = uuidv7();
    await sell(12, 500, line);
    await sell(13, 800);
    await pay();
    await earn(database.db, home, -300, { orderLineId: line });
    await sell(12, 400);
    expect(await due(12)).toEqual([100, 0]);
  });
});

describe("a later sale that was paid and came back is later again", () => {
  test("also when other sales were paid meanwhile", async () => {
    await sell(13, 800);
    const first = await pay();
    await sell(14, 300);
    await pay();
    await first.bounce();
    expect(await due(12)).toEqual([0, 800]);
    expect(await due(13)).toEqual([800, 0]);
  });

  test("until the next run has paid it, for good", async () => {
    await sell(13, 800);
    await (await pay()).bounce();
    expect(await due(12)).toEqual([0, 800]);
    const again = await pay(13);
    expect(again.fen).toBe(800);
    await sell(12, 500);
    expect(await due(12)).toEqual([500, 0]);
    await again.bounce();
    expect(await due(12)).toEqual([500, 800]);
  });

  test("also where the clock stepped back before it came back", async () => {
    await sell(13, 800);
    await (await pay()).bounce();
    await database.db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`update ledger_transactions set created_at = created_at - interval '1 minute'
        where kind = 'payout-bounce'`.execute(trx);
    });
    expect(await due(12)).toEqual([0, 800]);
    expect((await pay(13)).fen).toBe(800);
    await sell(12, 500);
    expect(await due(12)).toEqual([500, 0]);
  });

  test("and a run up to a day before it has not paid it", async () => {
    await sell(12, 500);
    await sell(13, 800);
    expect((await pay(12)).fen).toBe(500);
    expect(await due(12)).toEqual([0, 800]);
  });
});
