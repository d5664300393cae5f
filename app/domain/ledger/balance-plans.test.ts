import { sql, type Transaction } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEarningTotals, readSales } from "#app/domain/households/read-earnings.ts";
import { readMarketState } from "#app/domain/operations/read-market.ts";
import { readLeft } from "#app/domain/payments/read-left.ts";
import { readOwed } from "#app/domain/payouts/owed.ts";
import { listHouseholds } from "#app/domain/relief/list-households.ts";
import { readMonthTotals } from "#app/domain/relief/month-totals.ts";
import { readReliefAccount } from "#app/domain/relief/read-account.ts";
import { readStatement } from "#app/domain/relief/read-statement.ts";
import type { DB } from "#db/schema.d.ts";
import { fillLedger } from "#tests/factories/fill-ledger.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { coopScope, householdScope, officerScope, operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { rowsTouched } from "#tests/setup/rows-touched.ts";
import { SNAPSHOT_EVERY, snapshotBalances } from "./snapshot-balances.ts";

/** Sales, of which four households made a quarter each. */
const SALES = Number(process.env.FILLED_SALES ?? 20_000);
const TABLES = ["postings", "ledger_transactions", "balance_snapshots", "month_snapshots"] as const;
/** A tail is read with its transactions, and with its snapshot. */
const TAIL = 2 * SNAPSHOT_EVERY + 1;
const MONTHS = 12;

let test: TestDatabase;
let homes: MadeHousehold[];
beforeAll(async () => {
  test = await createTestDatabase();
  const cooperative = await makeCooperative(test.db, { regionCode: "513423" });
  homes = [];
  for (let made = 0; made < 4; made++) homes.push(await makeHousehold(test.db, { cooperative }));
  await fillLedger(test.db, homes, SALES);
  await tellRefunds();
  await tellLines();
  expect(await snapshotBalances(test.db)).toMatchObject({ ok: true });
}, 600_000);
afterAll(() => test.drop());

/** A refund of every tenth; what it is of is of no account here. */
async function tellRefunds(): Promise<void> {
  await test.db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`update ledger_transactions set cause_type = 'refund' where seq % 10 = 0`.execute(trx);
  });
  await sql`vacuum analyze ledger_transactions`.execute(test.db);
}

/** The lines of an order that was made, once more for each sale of the first household. */
async function tellLines(): Promise<void> {
  const order = await makePaidOrder(test.db, [[home()]]);
  await test.db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`insert into order_lines select made.* from order_lines l
      join postings p on p.account_id = ${home().ledgerAccountId} and p.order_line_id is not null
      cross join lateral jsonb_populate_record(null::order_lines,
        to_jsonb(l) || jsonb_build_object('id', p.order_line_id, 'listing_id', p.order_line_id)) made
      where l.id = ${order.parcels[0]?.lineId}`.execute(trx);
  });
  await sql`vacuum analyze order_lines`.execute(test.db);
}

/** A parcel like the one that was made: of an order that has none nothing need be read at all. */
async function giveParcel(orderId: string): Promise<void> {
  await test.db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`insert into parcels select given.* from parcels p
      cross join lateral jsonb_populate_record(null::parcels, to_jsonb(p) || jsonb_build_object(
        'id', ${orderId}::uuid, 'order_id', ${orderId}::uuid, 'trace_code', repeat('a', 22))) given
      limit 1`.execute(trx);
  });
}

const officer = officerScope({ userId: "officer", regionCode: "513423" });
const home = () => homes[0] as MadeHousehold;
const farmer = () =>
  householdScope({
    userId: "head",
    householdId: home().id,
    cooperativeId: home().cooperativeId,
  });
const touched = (read: Parameters<typeof rowsTouched>[2]) => rowsTouched(test.url, TABLES, read);

describe(`with ${SALES} sales in the ledger, PostgreSQL reads a tail and no more for`, () => {
  it("a household's account", async () => {
    const rows = await touched((db) => readReliefAccount(db, officer, home().reliefCode));
    expect(rows).toBeLessThanOrEqual(TAIL);
  });

  it("the list of the county's households", async () => {
    const rows = await touched((db) => listHouseholds(db, officer));
    expect(rows).toBeLessThanOrEqual(homes.length * TAIL);
  });

  it("what is owed to a cooperative's households", async () => {
    const scope = coopScope({ userId: "manager", cooperativeId: home().cooperativeId });
    const rows = await touched((db) => readOwed(db, scope));
    expect(rows).toBeLessThanOrEqual(homes.length * (SNAPSHOT_EVERY + 1));
  });

  it("a farmer's sums", async () => {
    const rows = await touched((db) => readEarningTotals(db, farmer()));
    expect(rows).toBeLessThanOrEqual(2 * TAIL + MONTHS);
  });

  it("a county's months", async () => {
    const rows = await touched((db) => readMonthTotals(db, officer));
    expect(rows).toBeLessThanOrEqual(homes.length * (TAIL + MONTHS));
  });

  it("the operator's accounts", async () => {
    const rows = await touched((db) => readMarketState(db, operatorScope({ userId: "operator" })));
    expect(rows).toBeLessThanOrEqual((homes.length + 2) * TAIL);
  });
});

describe(`with ${SALES} sales in the ledger, every tenth given back`, () => {
  it("what an order has left is read from its own entries", async () => {
    const { cause_id: orderId } = await test.db
      .selectFrom("ledger_transactions")
      .select("cause_id")
      .where("idempotency_key", "=", `filled:sale${Math.round(SALES / 2) + 1}`)
      .executeTakeFirstOrThrow();
    await giveParcel(orderId);
    const rows = await touched((db) => readLeft(db as Transaction<DB>, orderId, null));
    expect(rows).toBeGreaterThanOrEqual(3);
    expect(rows).toBeLessThanOrEqual(30);
  });
});

describe(`with ${SALES} sales in the ledger, a page reads its own entries and a tail`, () => {
  const PAGE = 50;
  // The keys of the page, its postings and their transactions; then the tail before it.
  const middle = `${Math.round(SALES / 2)}.${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`;
  const early = middle.replace(/^\d+/, "300");
  const most = 4 * (PAGE + 2) + TAIL;

  it("at the newest end of a statement, in the middle, and at its beginning", async () => {
    const code = home().reliefCode;
    for (const before of [undefined, middle, early]) {
      const rows = await touched((db) => readStatement(db, officer, { code, before }));
      expect(rows).toBeLessThanOrEqual(most);
    }
  });

  it("and tells on an old page what the postings up to there add up to", async () => {
    const code = home().reliefCode;
    for (const before of [undefined, middle, early]) {
      const statement = await readStatement(test.db, officer, { code, before });
      const oldest = statement?.entries.at(-1)?.cursor.split(".")[0];
      const { rows } = await sql<{ fen: number }>`select -sum(fen) as fen from postings
        where account_id = ${home().ledgerAccountId} and transaction_seq < ${oldest}`.execute(
        test.db,
      );
      expect(statement?.openingFen).toBe(rows[0]?.fen);
    }
  });

  it("of a farmer's sales, at either end", async () => {
    for (const before of [undefined, `${Math.round(SALES / 2)}`, "300"]) {
      const rows = await touched((db) => readSales(db, farmer(), { lines: PAGE, before }));
      expect(rows).toBeLessThanOrEqual(most);
    }
  });
});
