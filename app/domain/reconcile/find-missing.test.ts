import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import type { Movement } from "#app/gateways/payments.ts";
import { balanceOf, differencesOf, makeMovement } from "#tests/factories/balance.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { isWholeDue, reconcile } from "./reconcile.ts";
import { takeFees } from "./take-fees.ts";

const DAY_MS = 24 * 60 * 60_000;
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
/** A payout to our bank, which the market books by itself. */
const payout = (id: string, days: number): Movement =>
  makeMovement({
    ...{ id, fen: -5_000, category: "payout", type: "payout", sourceId: `po_${id}` },
    movedAt: daysAgo(days),
  });
const tomorrow = () => new Date(Date.now() + DAY_MS);
const run = (movements: Movement[], all = false) =>
  reconcile(database.db, balanceOf(movements), { now: tomorrow(), all });
const named = async () =>
  (await differencesOf(database.db)).map(({ kind, matched_by }) => `${kind} ${matched_by}`);
async function holds() {
  const { rows } = await sql<{ stripe: number; ledger: number }>`
    select stripe_fen as stripe, ledger_fen as ledger from reconciliations
    order by started_at desc, id desc limit 1`.execute(database.db);
  return rows[0];
}

test("a line that was kept and that Stripe does not have is named each night, until Stripe has it", async () => {
  const [real, forged] = [payout("real", 1), payout("forged", 1)];
  // As if it had been written by hand: the market itself books it.
  await takeFees(database.db, balanceOf([real, forged]));
  expect(await run([real])).toMatchObject({ ok: true, differenceCount: 1 });
  expect(await named()).toEqual(["in-ledger-only line:forged"]);
  expect(await holds()).toEqual({ stripe: -5_000, ledger: -10_000 });
  expect(await run([real])).toMatchObject({ differenceCount: 1 });
  expect(await run([real, forged])).toMatchObject({ differenceCount: 0 });
  expect(await holds()).toEqual({ stripe: -10_000, ledger: -10_000 });
  expect(await database.db.selectFrom("reconciliation_lines").selectAll().execute()).toEqual([]);
});

test("one that is older than the night's window is found by the run that asks for everything", async () => {
  const [real, forged] = [payout("real", 1), payout("forged", 30)];
  await run([real]);
  await takeFees(database.db, balanceOf([real]));
  await sql`insert into stripe_movements (id, stripe_id, type, category, source, fen, fee_fen,
      currency, moved_at, available_at, created_at)
    values (gen_random_uuid(), ${forged.id}, 'payout', 'payout', 'po_x', 700, 0, 'cny',
      ${forged.movedAt}, ${forged.movedAt}, 'infinity')`.execute(database.db);
  expect(await run([real])).toMatchObject({ differenceCount: 0 });
  expect(await run([real], true)).toMatchObject({ differenceCount: 1 });
  expect(await named()).toEqual(["in-ledger-only line:forged"]);
});

test("everything is asked for once a week", async () => {
  const { db } = database;
  expect(await isWholeDue(db)).toBe(true);
  await reconcile(db, balanceOf([]), { now: daysAgo(6) });
  expect(await isWholeDue(db)).toBe(false);
  await reconcile(db, balanceOf([]));
  expect(await isWholeDue(db, new Date(Date.now() + DAY_MS))).toBe(true);
});

test("a line that comes while Stripe is asked, and a run cut short, are no reason to miss one", async () => {
  const [known, late] = [payout("known", 1), payout("late", 1)];
  await takeFees(database.db, balanceOf([known]));
  const meanwhile = {
    async listMovements(asked: Parameters<ReturnType<typeof balanceOf>["listMovements"]>[0]) {
      const answer = await balanceOf([known]).listMovements(asked);
      await takeFees(database.db, balanceOf([late, known]));
      return answer;
    },
  };
  const found = await reconcile(database.db, meanwhile, { now: tomorrow() });
  expect(found).toMatchObject({ ok: true, differenceCount: 0 });
  const away = {
    listMovements: async () => ({ ok: false, reason: "payments-unavailable" }) as const,
  };
  expect(await reconcile(database.db, away, { now: tomorrow() })).toMatchObject({ ok: false });
  expect(await holds()).toEqual({ stripe: null, ledger: null });
  expect(await run([late, known])).toMatchObject({ differenceCount: 0 });
});
