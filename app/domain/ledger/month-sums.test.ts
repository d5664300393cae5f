import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { monthSumsOf } from "./month-sums.ts";
import { postTransaction, type TransactionKind } from "./post.ts";
import { snapshotBalances } from "./snapshot-balances.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeEach(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterEach(() => database.drop());

describe("what moved by month", () => {
  type Move = [kind: TransactionKind, fen: number, occurredAt: string];
  const move = (...moves: Move[]) =>
    db.transaction().execute(async (trx) => {
      for (const [kind, fen, occurredAt] of moves) {
        await postTransaction(trx, {
          kind,
          causeType: "payment",
          causeId: uuidv7(),
          idempotencyKey: `suspense:${uuidv7()}`,
          occurredAt: new Date(occurredAt),
          postings: [
            { account: "freight:yanyuan", fen },
            { account: "stripe:clearing", fen: -fen },
          ],
        });
      }
    });
  const times = (count: number, ...moves: Move[]) => Array(count).fill(moves).flat(1) as Move[];
  const months = async () =>
    (
      await sql`select month, balance_fen, payout_fen
        from ${monthSumsOf(sql`select id from ledger_accounts where code = 'freight:yanyuan'`)} m
        order by month desc limit 12`.execute(db)
    ).rows;

  test("is the same with snapshots and without, by Shanghai's clock, payouts apart", async () => {
    await move(
      ...times(
        40,
        ["sale", -100, "2026-10-31T15:59:59Z"], // the last second of October there
        ["sale", -10, "2026-10-31T16:00:00Z"], // the first of November
      ),
      ["payout", 4_000, "2026-11-01T00:00:00Z"],
      ["payout-bounce", -1_000, "2026-11-02T00:00:00Z"],
      // A month that is past may still move.
      ...times(60, ["refund", 1, "2026-10-30T00:00:00Z"]),
    );
    const expected = [
      { month: "2026-11-01", balance_fen: 2_600, payout_fen: 3_000 },
      { month: "2026-10-01", balance_fen: -3_940, payout_fen: 0 },
    ];
    expect(await months()).toEqual(expected);
    expect(await snapshotBalances(db)).toMatchObject({ ok: true, snapshots: expect.any(Number) });
    expect(await months()).toEqual(expected);
    // The next snapshot of a month goes on from the one before.
    await move(...times(80, ["sale", -10, "2026-11-30T00:00:00Z"]));
    const more = [{ month: "2026-11-01", balance_fen: 1_800, payout_fen: 3_000 }, expected[1]];
    expect(await months()).toEqual(more);
    expect(await snapshotBalances(db)).toMatchObject({ ok: true, snapshots: expect.any(Number) });
    expect(await months()).toEqual(more);
  });

  test("is right for the newest twelve of many months", async () => {
    const inMonth = (month: number) => new Date(Date.UTC(2024, month, 15)).toISOString();
    // Twice 64 in all: no tail is left that would tell of the months by itself.
    const sold = Array.from({ length: 16 }, (_, n) => times(8, ["sale", -(n + 1), inMonth(n)]));
    await move(...sold.flat());
    expect(await snapshotBalances(db)).toMatchObject({ ok: true, snapshots: expect.any(Number) });
    const rows = (await months()) as { month: string; balance_fen: number }[];
    expect(rows.map((row) => row.balance_fen)).toEqual(
      Array.from({ length: 12 }, (_, back) => -8 * (16 - back)),
    );
    expect([rows[0]?.month, rows[11]?.month]).toEqual(["2025-04-01", "2024-05-01"]);
  });
});
