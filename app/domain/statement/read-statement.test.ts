import fc from "fast-check";
import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postTransaction } from "#app/domain/ledger/post.ts";
import { snapshotBalances } from "#app/domain/ledger/snapshot-balances.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { moveAllMoney } from "#tests/factories/all-money.ts";
import { makeCooperative } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { playHistory } from "#tests/model/history.ts";
import { histories } from "#tests/model/steps.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments } from "#tests/setup/payments.ts";
import { rowsTouched } from "#tests/setup/rows-touched.ts";
import { movedIn } from "./moved.ts";
import { accountWords, parts, type StatementPart } from "./parts.ts";
import { readOwnStatement } from "./read-statement.ts";

let database: TestDatabase;
/** What the app may not do, a statement must not need. */
let db: Kysely<DB> & { destroy(): Promise<void> };
beforeAll(async () => {
  database = await createTestDatabase();
  db = openAsApp(database);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

type Posted = { seq: number; month: string; fen: number; kind: string };

/** Every posting of a part, told by the account's own code or by the run alone; as it happened. */
async function postedOf(slug: string, part: StatementPart): Promise<Posted[]> {
  const codes = accountWords[part].map((word) => `${word}:${slug}`);
  const { rows } = await sql<Posted>`
    select t.seq, -p.fen as fen, t.idempotency_key as kind,
      to_char(t.occurred_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month
    from postings p join ledger_transactions t on t.id = p.transaction_id
    join ledger_accounts a on a.id = p.account_id
    left join payouts o on o.id = t.cause_id left join payout_runs run on run.id = o.payout_run_id
    left join cooperatives c on c.id = run.cooperative_id
    where a.code = any(${codes}) or (${part} = 'paid' and a.code = 'payout:clearing' and c.slug = ${slug})
    order by t.occurred_at, t.seq`.execute(database.db);
  return rows.map((row) => ({ ...row, kind: row.kind.split(":")[0] ?? "" }));
}

const sumOf = (rows: readonly { fen: number }[]) => rows.reduce((sum, { fen }) => sum + fen, 0);

/** Each month of the statement, by pages of three, against the postings. Returns how many entries. */
async function expectMonthByMonth(scope: CoopScope, part: StatementPart, posted: Posted[]) {
  const months = [...new Set(posted.map(({ month }) => month))].sort();
  let [before, count] = [0, 0];
  for (const month of months) {
    const should = posted.filter((each) => each.month === month);
    const whole = await readOwnStatement(db, scope, { part, month, perPage: null });
    expect(whole.months).toEqual(months.toReversed());
    expect([whole.openingFen, whole.closingFen]).toEqual([before, before + sumOf(should)]);
    expect([...new Set(whole.entries.map(({ seq }) => seq))]).toEqual([
      ...new Set(should.map(({ seq }) => seq)),
    ]);
    let balance = before;
    for (const entry of whole.entries) {
      balance += entry.fen;
      expect(entry.balanceFen).toBe(balance);
    }
    const bySeq = Map.groupBy(whole.entries, ({ seq }) => seq);
    for (const [seq, own] of Map.groupBy(should, (each) => each.seq)) {
      expect(sumOf(bySeq.get(seq) ?? [])).toBe(sumOf(own));
    }
    for (const { kind, inFen, outFen } of whole.sums) {
      expect(inFen + outFen).toBe(sumOf(should.filter((each) => each.kind === kind)));
    }
    expect(whole.sums.reduce((sum, each) => sum + each.count, 0)).toBe(whole.entries.length);
    const paged = [];
    for (let asked: string | undefined; ; ) {
      const page = await readOwnStatement(db, scope, { part, month, before: asked, perPage: 3 });
      paged.push(...page.entries);
      if (page.olderBefore === null) break;
      asked = page.olderBefore;
    }
    expect(paged.reverse()).toEqual(whole.entries);
    [before, count] = [before + sumOf(should), count + whole.entries.length];
  }
  return count;
}

async function expectEqualToTheLedger(): Promise<number> {
  const coops = await database.db.selectFrom("cooperatives").select(["id", "slug"]).execute();
  let count = 0;
  for (const { id: cooperativeId, slug } of coops) {
    const scope = coopScope({ userId: "manager", cooperativeId });
    for (const part of parts) {
      const posted = await postedOf(slug, part);
      count += await expectMonthByMonth(scope, part, posted);
      const newest = await readOwnStatement(db, scope, { part });
      expect(newest.closingFen).toBe(sumOf(posted));
    }
  }
  return count;
}

describe("the cooperative's statement is the ledger's to the fen, entry by entry and month by month", () => {
  test("where money moved in every way there is", { timeout: 120_000 }, async () => {
    const payments = await startTestPayments();
    await moveAllMoney({ db: database.db, payments });
    await payments.close();
    expect(await expectEqualToTheLedger()).toBeGreaterThan(50);
  });

  test("after random orders, refunds, claims and payouts", { timeout: 240_000 }, async () => {
    const property = fc.asyncProperty(histories(60), async (history) => {
      await playHistory(database.db, history);
      await expectEqualToTheLedger();
    });
    await fc.assert(property, { numRuns: 3, seed: 20_261_123, endOnFailure: true });
  });

  test("also where snapshots were cut in between, and what is of an earlier month comes late", async () => {
    const { id: cooperativeId, slug } = await makeCooperative(database.db);
    const scope = coopScope({ userId: "manager", cooperativeId });
    const day = (index: number) => new Date(Date.UTC(2026, 5 + (index % 4), 1 + (index % 27), 17));
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 90; index++) {
        const fen = 1 + ((index * 37) % 101);
        await database.db.transaction().execute((trx) =>
          postTransaction(trx, {
            ...{ kind: "sale", causeType: "order", causeId: uuidv7(), occurredAt: day(index) },
            idempotencyKey: `sale:${uuidv7()}`,
            postings: [
              { account: `coop-fee:${slug}`, fen: -fen },
              { account: `freight:${slug}`, fen: -800 },
              { account: "stripe:clearing", fen: fen + 800 },
            ],
          }),
        );
      }
      if (round < 2) expect(await snapshotBalances(database.db)).toMatchObject({ ok: true });
    }
    const cuts = sql<{ cuts: number }>`select count(*) as cuts from month_snapshots s
      join ledger_accounts a on a.id = s.account_id where a.code = ${`coop-fee:${slug}`}`;
    expect((await cuts.execute(database.db)).rows[0]?.cuts).toBeGreaterThan(4);
    const posted = await postedOf(slug, "own");
    expect(await expectMonthByMonth(scope, "own", posted)).toBe(3 * 90 * 2);
    const of = await readOwnStatement(db, scope, { part: "own", month: "2026-07" });
    expect(of.entries.at(0)?.occurredAt.toISOString() ?? "").toMatch(/^2026-07-\d\dT17/);
  });

  test("and reads no more of it than the month, however much there is of others", async () => {
    const { id: cooperativeId, slug } = await makeCooperative(database.db);
    for (let index = 0; index < 800; index++) {
      const month = Math.floor(index / 200);
      const causeId = uuidv7();
      await database.db.transaction().execute((trx) =>
        postTransaction(trx, {
          ...{ kind: "sale", causeType: "order", causeId, idempotencyKey: `sale:${causeId}` },
          occurredAt: new Date(Date.UTC(2026, month, 2 + (index % 20))),
          postings: [
            { account: `coop-fee:${slug}`, fen: -7 },
            { account: "stripe:clearing", fen: 7 },
          ],
        }),
      );
    }
    expect(await snapshotBalances(database.db)).toMatchObject({ ok: true });
    await sql`analyze`.execute(database.db);
    const scope = coopScope({ userId: "manager", cooperativeId });
    const asked = { part: "fee", month: "2026-02" } as const;
    expect((await readOwnStatement(db, scope, asked)).sums).toMatchObject([{ count: 200 }]);
    const tables = ["postings", "ledger_transactions"] as const;
    const touched = await rowsTouched(database.url, tables, (each) =>
      sql`select sum(fen) from ${movedIn(scope, "fee", "2026-02")} moved`.execute(each),
    );
    // Each entry twice, the stretches around it, and the tails.
    expect(touched).toBeGreaterThan(400);
    expect(touched).toBeLessThan(900);
  });
});
