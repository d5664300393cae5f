import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readBalances, readTrialBalance } from "#app/domain/ledger/balances.ts";
import { earn } from "#tests/factories/money.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { colleagueOf, coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { bouncePayout } from "./bounce-payout.ts";
import { confirmRun } from "./confirm-run.ts";
import { readOwed } from "./owed.ts";
import { prepareRun } from "./prepare-run.ts";
import { readRun } from "./read-run.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const SOLD_UNTIL = "2026-11-12";
/** The last moment of that day in Shanghai, and the first of the next. */
const LAST = new Date("2026-11-12T23:59:59.999+08:00");
const NEXT = new Date("2026-11-13T00:00:00+08:00");
const sum = (fens: number[]) => fens.reduce((all, fen) => all + fen, 0);

type Line = { fen: number; isLater: boolean; back: number };
type Past = { lines: Line[]; lackFen: number };

async function makeCoop(pasts: Past[]) {
  const cooperative = await makeCooperative(test.db);
  const scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  const homes: MadeHousehold[] = [];
  for (const { lines, lackFen } of pasts) {
    const home = await makeHousehold(test.db, { cooperative });
    homes.push(home);
    if (lackFen > 0) await earn(test.db, home, -lackFen);
    for (const { fen, isLater, back } of lines) {
      const orderLineId = uuidv7();
      await earn(test.db, home, fen, { orderLineId, occurredAt: isLater ? NEXT : LAST });
      const backFen = Math.floor((fen * back) / 100);
      if (backFen > 0) await earn(test.db, home, -backFen, { orderLineId });
    }
  }
  return { scope, homes };
}

async function owedFen(homes: MadeHousehold[]): Promise<number[]> {
  const codes = homes.map((home) => `relief:${home.reliefCode}`);
  const balances = await readBalances(test.db, codes);
  return codes.map((code) => 0 - (balances.get(code) ?? 0));
}

const line = fc.record({
  fen: fc.integer({ min: 1, max: 9_999 }),
  isLater: fc.boolean(),
  back: fc.constantFrom(0, 0, 30, 100),
});
const past = fc.record({
  lines: fc.array(line, { maxLength: 4 }),
  lackFen: fc.constantFrom(0, 0, 700, 5_000),
});

it("a run pays each household what its sales up to the day are worth, if that is the minimum or more; run, items and ledger agree, and a bounced item gives back exactly its own", async () => {
  const terms = { soldUntil: SOLD_UNTIL, minimumFen: 2_000 };
  await fc.assert(
    fc.asyncProperty(fc.array(past, { minLength: 1, maxLength: 4 }), async (pasts) => {
      const { scope, homes } = await makeCoop(pasts);
      const before = await owedFen(homes);
      const worth = pasts.map(({ lines, lackFen }) => {
        const early = lines.filter(({ isLater }) => !isLater);
        return sum(early.map(({ fen, back }) => fen - Math.floor((fen * back) / 100))) - lackFen;
      });
      const expected = worth.map((fen) => (fen >= terms.minimumFen ? fen : 0));
      const shown = await readOwed(test.db, scope, terms);
      const run = await prepareRun(test.db, scope, { clientKey: uuidv7(), terms });
      expect(await owedFen(homes)).toEqual(before);
      expect(sum(shown.map(({ payableFen }) => payableFen))).toBe(sum(expected));
      expect(run.ok).toBe(sum(expected) > 0);
      if (!run.ok) return;
      const { runId } = run;
      const prepared = await readRun(test.db, scope, runId);
      expect(prepared).toMatchObject({ ...terms, totalFen: sum(expected) });
      const itemOf = (home?: MadeHousehold) =>
        prepared?.items.find(({ householdId }) => householdId === home?.id);
      expect(homes.map((home) => itemOf(home)?.fen ?? 0)).toEqual(expected);
      await confirmRun(test.db, colleagueOf(scope), { runId });
      const paid = before.map((fen, index) => fen - (expected[index] ?? 0));
      expect(await owedFen(homes)).toEqual(paid);
      const back = expected.findIndex((fen) => fen > 0);
      const payoutId = itemOf(homes[back])?.id ?? "";
      await bouncePayout(test.db, scope, { runId, payoutId, reason: "account-closed" });
      expect(await owedFen(homes)).toEqual(
        paid.map((fen, index) => fen + (index === back ? (expected[back] ?? 0) : 0)),
      );
    }),
    { numRuns: 20 },
  );
  expect((await readTrialBalance(test.db)).sumFen).toBe(0);
}, 60_000);

it("a run says of each household why it is left out: sold later, below the minimum", async () => {
  const one = (fen: number, isLater: boolean) => ({
    lines: [{ fen, isLater, back: 0 }],
    lackFen: 0,
  });
  const { scope, homes } = await makeCoop([one(5_000, false), one(1_999, false), one(800, true)]);
  const terms = { soldUntil: SOLD_UNTIL, minimumFen: 2_000 };
  const run = await prepareRun(test.db, scope, { clientKey: uuidv7(), terms });
  const read = await readRun(test.db, scope, run.ok ? run.runId : "");
  expect(read?.leftOut).toMatchObject([
    { reliefCode: homes[1]?.reliefCode, fen: 1_999, reason: "below-minimum" },
    { reliefCode: homes[2]?.reliefCode, fen: 800, reason: "sold-later" },
  ]);
  const none = await prepareRun(test.db, (await makeCoop([one(800, true)])).scope, {
    clientKey: uuidv7(),
    terms,
  });
  expect(none).toMatchObject({ ok: false, reason: "nothing-owed" });
});
