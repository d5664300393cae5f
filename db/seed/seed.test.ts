import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyLedger } from "#app/domain/ledger/verify-ledger.ts";
import { reconcile } from "#app/domain/reconcile/reconcile.ts";
import { balanceOf } from "#tests/factories/balance.ts";
import { wrongSums } from "#tests/factories/reviews.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { isEmpty } from "./is-empty.ts";
import { seed } from "./seed.ts";

let database: TestDatabase;
const YEAR_MS = 365 * 86_400_000;
const now = new Date("2026-11-22T04:00:00Z");

beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.db, { now });
}, 120_000);
afterAll(() => database.drop());

const count = async (query: string) =>
  (await sql<{ n: number }>`select (${sql.raw(query)}) as n`.execute(database.db)).rows[0]?.n;

describe("the seed", () => {
  test("makes a market that looks like life", async () => {
    expect(await isEmpty(database.db)).toBe(false);
    expect(await count("select count(*) from cooperatives")).toBe(6);
    expect(await count("select count(*) from households")).toBe(120);
    expect(await count("select count(*) from listings")).toBe(150);
    expect(await count("select count(*) from orders")).toBe(400);
    expect(await count("select count(distinct status) from orders")).toBe(11);
    expect(await count("select count(*) from payout_runs")).toBe(6);
  });

  test("has reviews of what came, with sums that are theirs, and some for the operator", async () => {
    const reviews = await count("select count(*) from reviews");
    expect(reviews).toBeGreaterThan(150);
    expect(await count("select count(*) from reviews where place_code is null")).toBe(0);
    expect(await count("select count(*) from reviews where created_at > '2026-11-22T04:00Z'")).toBe(
      0,
    );
    expect(await count("select sum(shown) from review_sums where kind = 'cooperative'")).toBe(
      reviews,
    );
    expect(await wrongSums(database.db)).toEqual([]);
    expect(await count("select count(*) from review_answers")).toBeGreaterThan(10);
    expect(await count("select count(*) from review_reports")).toBe(3);
    expect(
      await count(`select count(*) from order_lines l join orders o on o.id = l.order_id
        join parcels p on p.id = l.parcel_id where p.status = 'delivered'
        and o.buyer_user_id = 'demo-0002' and not exists (
          select from reviews r where r.order_line_id = l.id)`),
    ).toBeGreaterThan(10);
  });

  test("has books that balance, and every produce fen of a paid order tagged", async () => {
    expect(await count("select sum(fen) from postings")).toBe(0);
    expect(
      await count(
        `select count(*) from orders o where paid_at is not null and status <> 'refunded' and total_fen <> (
          select sum(fen) from ledger_transactions t join postings p on p.transaction_id = t.id
          join ledger_accounts a on a.id = p.account_id
          where t.kind = 'sale' and t.cause_id = o.id and a.code = 'stripe:made-up')`,
      ),
    ).toBe(0);
    expect(
      await count(
        `select count(*) from postings p join ledger_accounts a on a.id = p.account_id
          where a.code like 'relief:%' and p.relief_account_id is null`,
      ),
    ).toBe(0);
  });

  test("has a ledger that says what its orders, refunds and payouts say", async () => {
    expect((await verifyLedger(database.db)).differences).toEqual([]);
  });

  test("claims of no fen that Stripe holds it: there is nothing for a reconciliation to miss", async () => {
    expect(
      await count(
        `select count(*) from postings p join ledger_accounts a on a.id = p.account_id
          where a.code like 'stripe:clearing%'`,
      ),
    ).toBe(0);
    expect(
      await reconcile(database.db, balanceOf([]), { now: new Date(now.getTime() + YEAR_MS) }),
    ).toMatchObject({ ok: true, differenceCount: 0, inFlightCount: 0 });
  });

  test("has a refund and a dispute for every order that says so, of what its books gave back", async () => {
    expect(
      await count(`select count(*) from orders o where
        (status in ('refunded', 'partly-refunded')) <> exists (select from refunds where order_id = o.id)`),
    ).toBe(0);
    expect(
      await count(`select count(*) from refunds r where fen <> (
        select -sum(p.fen) from ledger_transactions t join postings p on p.transaction_id = t.id
        join ledger_accounts a on a.id = p.account_id
        where t.kind = 'refund' and t.cause_id = r.order_id and a.code = 'stripe:made-up')`),
    ).toBe(0);
    expect(
      await count(`select count(*) from orders o where (status = 'disputed') <> exists (
        select from disputes d join payments p on p.id = d.payment_id where p.order_id = o.id)`),
    ).toBe(0);
  });

  test("sells from each lot what its orders took", async () => {
    expect(
      await count(
        `select count(*) from lots l where sold <> coalesce(
          (select sum(quantity) from allocations a where a.lot_id = l.id and a.state = 'sold'), 0)`,
      ),
    ).toBe(0);
  });

  test("says of a pooled listing all the villages that it comes from, and of no other", async () => {
    const { rows } = await sql<{ text: string; village: string; villages: string[] }>`
      select l.description_zh as text, l.village_zh as village,
        array_agg(distinct h.village_zh) as villages
      from listings l join lots on lots.listing_id = l.id
        join households h on h.id = lots.household_id
      where l.is_pooled group by l.id`.execute(database.db);
    expect(rows.filter(({ villages }) => villages.length > 1).length).toBeGreaterThan(0);
    for (const { text, village, villages } of rows) {
      expect(village.split("、").sort()).toEqual(villages.sort());
      expect(text).toContain(village);
      expect(text).not.toContain("产自");
    }
  });

  test("makes the same market again from the same moment", async () => {
    const other = await createTestDatabase();
    try {
      await seed(other.db, { now });
      const fingerprint = sql<{
        hash: string;
      }>`select md5(string_agg(o.number || o.id || o.total_fen || o.status, ',' order by o.number)) as hash from orders o`;
      const [first, second] = await Promise.all([
        fingerprint.execute(database.db),
        fingerprint.execute(other.db),
      ]);
      expect(second.rows[0]?.hash).toBe(first.rows[0]?.hash);
    } finally {
      await other.drop();
    }
  }, 120_000);
});
