import fc from "fast-check";
import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { moveAllMoney } from "#tests/factories/all-money.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { playHistory } from "#tests/model/history.ts";
import { histories } from "#tests/model/steps.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments } from "#tests/setup/payments.ts";
import { readPacking } from "./read-packing.ts";
import { readPaidOut } from "./read-paid-out.ts";
import { readSales } from "./read-sales.ts";
import { salesBy } from "./sales-by.ts";
import { sumReports } from "./sum-reports.ts";

let database: TestDatabase;
/** What the app may not do, reports must not need. */
let db: Kysely<DB> & { destroy(): Promise<void> };
beforeAll(async () => {
  database = await createTestDatabase();
  db = openAsApp(database);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const ever = { from: "2020-01-01", until: "2030-01-01" };
const sumBy = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
  rows.reduce((sum, row) => sum + of(row), 0);

/** Every posting about a cooperative, credits positive, told by the account alone. */
async function postingsOf(cooperativeId: string) {
  const { rows } = await sql<{
    part: string;
    kind: string;
    day: string;
    home: string;
    fen: number;
  }>`
    select split_part(a.code, ':', 1) as part, t.kind, -p.fen as fen, home.id as home,
      to_char(t.occurred_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day
    from postings p join ledger_transactions t on t.id = p.transaction_id
    join ledger_accounts a on a.id = p.account_id
    left join relief_accounts relief on a.code = 'relief:' || relief.code
    left join households home on home.id = relief.household_id
    where home.cooperative_id = ${cooperativeId} or a.code in (
      select word || slug from cooperatives, unnest(array['coop-fee:', 'freight:']) word
      where id = ${cooperativeId})`.execute(database.db);
  return rows;
}

async function expectEqualToTheLedger(): Promise<number> {
  const coops = await db.selectFrom("cooperatives").select("id").orderBy("id").execute();
  for (const { id: cooperativeId } of coops) {
    const scope = coopScope({ userId: "manager", cooperativeId });
    const all = await postingsOf(cooperativeId);
    const paid = all.filter(({ kind }) => kind.startsWith("payout"));
    const earned = all.filter((posting) => !paid.includes(posting));
    const fenOf = (part: string, of = earned) =>
      sumBy(
        of.filter((posting) => posting.part === part),
        ({ fen }) => fen,
      );
    for (const by of salesBy) {
      const sales = await readSales(db, scope, ever, by);
      expect(sumBy(sales.rows, (row) => row.netFen)).toBe(fenOf("relief"));
      expect(sumBy(sales.rows, (row) => row.soldFen)).toBe(
        fenOf(
          "relief",
          earned.filter(({ kind }) => kind === "sale"),
        ),
      );
      expect(sales.total.soldFen + sales.total.backFen).toBe(sales.total.netFen);
      expect(sales.feeFen).toBe(fenOf("coop-fee"));
      expect(sales.freightFen).toBe(fenOf("freight"));
      for (const { key, netFen } of sales.rows) {
        const hers = earned.filter(({ day, home }) => key === (by === "day" ? day : home));
        if (by === "day" || by === "household") expect(netFen).toBe(fenOf("relief", hers));
      }
    }
    const paidOut = await readPaidOut(db, scope, ever);
    expect(sumBy(paidOut, (row) => row.netFen)).toBe(0 - fenOf("relief", paid));
    for (const row of paidOut) {
      const hers = paid.filter(({ home }) => home === row.householdId);
      expect(row.netFen).toBe(0 - fenOf("relief", hers));
    }
    const { days } = await readPacking(db, scope, ever);
    expect(sumBy(days, (row) => row.freightFen + row.freightBackFen)).toBe(fenOf("freight"));
  }
  return (await db.selectFrom("report_sums").select("fen").execute()).length;
}

async function expectEqualHoweverFar(): Promise<void> {
  await expectEqualToTheLedger();
  await Promise.all([sumReports(db, { atOnce: 3 }), sumReports(db, { atOnce: 7 })]);
  const kept = await expectEqualToTheLedger();
  expect(kept).toBeGreaterThan(0);
  expect(await sumReports(db)).toEqual({ ok: true, entries: 0 });
  expect(await expectEqualToTheLedger()).toBe(kept);
}

describe("every sum on a report is the ledger's to the fen, summed before or just now", () => {
  test("where money moved in every way there is", { timeout: 120_000 }, async () => {
    const payments = await startTestPayments();
    await moveAllMoney({ db: database.db, payments });
    await payments.close();
    await expectEqualHoweverFar();
  });

  test("after random orders, refunds, claims and payouts", { timeout: 240_000 }, async () => {
    const property = fc.asyncProperty(histories(40), async (history) => {
      await playHistory(db, history);
      await expectEqualToTheLedger();
      await sumReports(db);
    });
    await fc.assert(property, { numRuns: 4, seed: 20_261_123, endOnFailure: true });
    await expectEqualHoweverFar();
  });

  test("made anew from nothing, too", async () => {
    const all = () =>
      sql`select cooperative_id, day, part, kind, category_code, household_id, fen, grams, orders
        from report_sums where fen <> 0 or grams <> 0 or orders <> 0 order by 1, 2, 3, 4, 5, 6`
        .execute(db)
        .then(({ rows }) => rows);
    const before = await all();
    await sql`delete from report_sums`.execute(db);
    await sql`update report_progress set through_seq = 0`.execute(db);
    await sumReports(db);
    expect(await all()).toEqual(before);
  });
});
