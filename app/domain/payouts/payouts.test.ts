import fc from "fast-check";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBalances, readTrialBalance } from "#app/domain/ledger/balances.ts";
import { earn } from "#tests/factories/money.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { colleagueOf, coopScope } from "#tests/factories/scopes.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { bouncePayout } from "./bounce-payout.ts";
import type { BounceReason } from "./bounce-reasons.ts";
import { cancelRun } from "./cancel-run.ts";
import { confirmRun } from "./confirm-run.ts";
import { readOwed } from "./owed.ts";
import { prepareRun } from "./prepare-run.ts";
import { readRun } from "./read-run.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function makeCoop(earnings: number[], options: { hasBankAccount?: boolean } = {}) {
  const cooperative = await makeCooperative(test.db);
  const homes: MadeHousehold[] = [];
  for (const fen of earnings) {
    const home = await makeHousehold(test.db, { cooperative, ...options });
    if (fen !== 0) await earn(test.db, home, fen);
    homes.push(home);
  }
  return { homes, scope: coopScope({ userId: "manager", cooperativeId: cooperative.id }) };
}

type Coop = Awaited<ReturnType<typeof makeCoop>>;

async function prepare(coop: Coop, clientKey: string = uuidv7()): Promise<string> {
  const run = await prepareRun(test.db, coop.scope, { clientKey });
  if (!run.ok) throw new Error(run.reason);
  return run.runId;
}

/** What the ledger owes each household: credits are negative. */
async function owedFen(coop: Coop): Promise<number[]> {
  const codes = coop.homes.map((home) => `relief:${home.reliefCode}`);
  const balances = await readBalances(test.db, codes);
  return codes.map((code) => 0 - (balances.get(code) ?? 0));
}

describe("a payout run", () => {
  it("moves the ledger only when it is confirmed, once, however often it is sent", async () => {
    const coop = await makeCoop([2_811, 5_000]);
    const runId = await prepare(coop);
    expect(await owedFen(coop)).toEqual([2_811, 5_000]);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => confirmRun(test.db, colleagueOf(coop.scope), { runId })),
    );
    expect(answers.filter((answer) => answer.ok && answer.isNew)).toHaveLength(1);
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(await owedFen(coop)).toEqual([0, 0]);
    const run = await readRun(test.db, coop.scope, runId);
    expect(run).toMatchObject({ status: "confirmed", totalFen: 7_811, payoutCount: 2 });
    expect(await prepareRun(test.db, coop.scope, { clientKey: uuidv7() })).toMatchObject({
      reason: "nothing-owed",
    });
  });

  it("pays to the fen what the ledger owed, whatever was sold and refunded", async () => {
    const history = fc.array(fc.array(fc.integer({ min: -9_999, max: 99_999 }), { maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(history, async (households) => {
        const coop = await makeCoop(households.map(() => 0));
        for (const [index, amounts] of households.entries()) {
          for (const fen of amounts.filter((amount) => amount !== 0)) {
            await earn(test.db, coop.homes[index] as MadeHousehold, fen);
          }
        }
        const owed = await owedFen(coop);
        const expected = owed.reduce((sum, fen) => sum + Math.max(0, fen), 0);
        const prepared = await prepareRun(test.db, coop.scope, { clientKey: uuidv7() });
        expect(prepared.ok).toBe(expected > 0);
        if (!prepared.ok) return;
        const { runId } = prepared;
        const run = await readRun(test.db, coop.scope, runId);
        expect(run?.totalFen).toBe(expected);
        expect(run?.items.reduce((sum, item) => sum + item.fen, 0)).toBe(expected);
        expect(run?.leftOut).toHaveLength(owed.filter((fen) => fen < 0).length);
        await confirmRun(test.db, colleagueOf(coop.scope), { runId });
        expect(await owedFen(coop)).toEqual(owed.map((fen) => Math.min(0, fen)));
      }),
      { numRuns: 15 },
    );
    expect((await readTrialBalance(test.db)).sumFen).toBe(0);
  });

  it("is one for two managers who press at the same moment", async () => {
    const coop = await makeCoop([1_000, 2_000]);
    // The barrier: both requests are under way before either gets its turn.
    const holder = await test.db.startTransaction().execute();
    await sql`select 1 from cooperatives where id = ${coop.scope.cooperativeId} for update`.execute(
      holder,
    );
    const both = Promise.all([
      prepareRun(test.db, coop.scope, { clientKey: uuidv7() }),
      prepareRun(test.db, coop.scope, { clientKey: uuidv7() }),
    ]);
    await waitUntilBlocked(test.db, 2);
    await holder.commit().execute();
    const answers = await both;
    const won = answers.find((answer) => answer.ok);
    const lost = answers.find((answer) => !answer.ok);
    expect(won).toMatchObject({ ok: true, isNew: true });
    expect(lost).toEqual({ ok: false, reason: "run-open", runId: won?.ok && won.runId });
  });

  it("is the same run when the form is sent twice, and nobody else's by the same key", async () => {
    const [coop, other] = [await makeCoop([1_000]), await makeCoop([1_000])];
    const clientKey = uuidv7();
    const answers = await Promise.all([
      prepareRun(test.db, coop.scope, { clientKey }),
      prepareRun(test.db, coop.scope, { clientKey }),
    ]);
    const ids = new Set(answers.map((answer) => answer.ok && answer.runId));
    expect([...ids]).toHaveLength(1);
    expect(await prepareRun(test.db, other.scope, { clientKey })).toEqual({
      ok: false,
      reason: "stale-form",
    });
  });

  it("leaves out a household without bank details and says so", async () => {
    const coop = await makeCoop([1_000]);
    const home = await makeHousehold(test.db, {
      cooperative: { id: coop.scope.cooperativeId, slug: "", nameZh: "", regionCode: "513423" },
      hasBankAccount: false,
    });
    await earn(test.db, home, 700);
    const run = await readRun(test.db, coop.scope, await prepare(coop));
    expect(run?.totalFen).toBe(1_000);
    expect(run?.leftOut).toMatchObject([
      { reliefCode: home.reliefCode, fen: 700, reason: "no-bank-details" },
    ]);
  });

  it("can be cancelled until it is confirmed, and what it held is owed again", async () => {
    const coop = await makeCoop([1_000]);
    const runId = await prepare(coop);
    expect((await readOwed(test.db, coop.scope))[0]).toMatchObject({ inRunFen: 1_000, dueFen: 0 });
    expect(await cancelRun(test.db, coop.scope, { runId })).toEqual({ ok: true, isNew: true });
    expect(await cancelRun(test.db, coop.scope, { runId })).toEqual({ ok: true, isNew: false });
    expect(await confirmRun(test.db, colleagueOf(coop.scope), { runId })).toEqual({
      ok: false,
      reason: "run-cancelled",
    });
    const again = await prepare(coop);
    await confirmRun(test.db, colleagueOf(coop.scope), { runId: again });
    expect(await cancelRun(test.db, coop.scope, { runId: again })).toEqual({
      ok: false,
      reason: "already-confirmed",
    });
  });
});

describe("a refund around a payout run", () => {
  it("stops the confirmation until the manager says the bank has paid; the next run nets it", async () => {
    const coop = await makeCoop([1_000]);
    const home = coop.homes[0] as MadeHousehold;
    const runId = await prepare(coop);
    await earn(test.db, home, -300);
    expect(await confirmRun(test.db, colleagueOf(coop.scope), { runId })).toEqual({
      ok: false,
      reason: "balance-fell",
    });
    const confirmed = await confirmRun(test.db, colleagueOf(coop.scope), {
      runId,
      evenIfOverdrawn: true,
    });
    expect(confirmed).toEqual({ ok: true, isNew: true });
    expect(await owedFen(coop)).toEqual([-300]);
    expect((await readOwed(test.db, coop.scope))[0]?.reason).toBe("overdrawn");
    await earn(test.db, home, 500);
    const next = await readRun(test.db, coop.scope, await prepare(coop));
    expect(next?.totalFen).toBe(200);
  });

  it("posted while a run is being prepared is either in the run or left to the next", async () => {
    for (let round = 0; round < 6; round++) {
      const coop = await makeCoop([1_000, 1_000]);
      await Promise.all([prepare(coop), earn(test.db, coop.homes[0] as MadeHousehold, -400)]);
      const [row] = await readOwed(test.db, coop.scope);
      expect([600, 1_000]).toContain(row?.inRunFen);
      expect(row?.balanceFen).toBe(600);
      expect(row?.dueFen).toBe(0);
    }
  });
});

describe("a payout the bank returns", () => {
  it("gives back exactly that amount, once, and is paid by the next run", async () => {
    const coop = await makeCoop([2_811, 5_000]);
    const runId = await prepare(coop);
    const items = (await readRun(test.db, coop.scope, runId))?.items ?? [];
    const item = items.find((each) => each.fen === 2_811);
    const bounce = (reason: BounceReason = "name-mismatch") =>
      bouncePayout(test.db, coop.scope, { runId, payoutId: item?.id ?? "", reason });
    expect(await bounce()).toEqual({ ok: false, reason: "not-paid" });
    await confirmRun(test.db, colleagueOf(coop.scope), { runId });
    const answers = await Promise.all([bounce(), bounce(), bounce()]);
    expect(answers.filter((answer) => answer.ok && answer.isNew)).toHaveLength(1);
    expect(await bounce("account-closed")).toEqual({
      ok: false,
      reason: "bounced-otherwise",
      bounceReason: "name-mismatch",
    });
    expect(await owedFen(coop)).toEqual([2_811, 0]);
    const next = await readRun(test.db, coop.scope, await prepare(coop));
    expect(next?.items.map((each) => each.fen)).toEqual([2_811]);
  });
});

describe("another cooperative", () => {
  it("neither sees nor moves a run", async () => {
    const [coop, other] = [await makeCoop([1_000]), await makeCoop([1_000])];
    const runId = await prepare(coop);
    const payoutId = (await readRun(test.db, coop.scope, runId))?.items[0]?.id ?? "";
    expect(await readRun(test.db, other.scope, runId)).toBe(null);
    const confirmed = await confirmRun(test.db, colleagueOf(other.scope), { runId });
    expect(confirmed).toEqual({ ok: false, reason: "run-not-found" });
    const cancelled = await cancelRun(test.db, other.scope, { runId });
    expect(cancelled).toEqual({ ok: false, reason: "run-not-found" });
    const bounced = await bouncePayout(test.db, other.scope, { runId, payoutId, reason: "other" });
    expect(bounced).toEqual({ ok: false, reason: "payout-not-found" });
    const owed = await readOwed(test.db, other.scope);
    expect(owed.map((row) => row.reliefCode)).toEqual([other.homes[0]?.reliefCode]);
  });
});
