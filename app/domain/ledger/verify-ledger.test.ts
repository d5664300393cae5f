import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bookPayouts } from "#tests/factories/ledger.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { sealLedger } from "./seal-ledger.ts";
import { snapshotBalances } from "./snapshot-balances.ts";
import { type Verified, verifyLedger, verifyWithin } from "./verify-ledger.ts";

let database: TestDatabase;
let sound: Verified;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const count of [3, 4, 2]) {
    await bookPayouts(database.db, count);
    await sealLedger(database.db);
  }
  await bookPayouts(database.db, 1);
  sound = await verifyLedger(database.db);
});
afterAll(() => database.drop());

/** What is noticed when a superuser lifts triggers and bounds and does this; afterwards it is undone. */
async function found(forgeries: RawBuilder<unknown>[], keptRoots: string[] = []) {
  let verified: Verified | undefined;
  await database.db
    .transaction()
    .execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`alter table ledger_transactions
        drop constraint ledger_transactions_occurred_at_check`.execute(trx);
      for (const forgery of forgeries) {
        const { numAffectedRows } = await forgery.execute(trx);
        expect(Number(numAffectedRows)).toBeGreaterThan(0);
      }
      verified = await verifyWithin(trx, keptRoots);
      throw new Error("undo");
    })
    .catch((error: Error) => {
      if (error.message !== "undo") throw error;
    });
  return verified?.differences;
}

/** Without what the transactions are held against beside their seals: see the other verify-*.test.ts. */
async function noticed(...of: Parameters<typeof found>) {
  const rows = ["unexplained", "account-foreign", "posting-undone", "line-differs", "unposted"];
  return (await found(...of))?.filter(({ kind }) => !rows.includes(kind));
}

async function countUnexplained(...of: Parameters<typeof found>): Promise<number> {
  return (await found(...of))?.filter(({ kind }) => kind === "unexplained").length ?? 0;
}

const transaction = (seq: number) => sql`(select id from ledger_transactions where seq = ${seq})`;
const debit = (seq: number) => sql`transaction_id = ${transaction(seq)} and fen > 0`;
const changed = (sealSeq: number) => [{ kind: "transactions-changed", sealSeq }];

describe("verifying the ledger", () => {
  test("finds nothing in a sound one, and says what is not sealed yet", () => {
    expect(sound).toMatchObject({ seals: 3, sealedTransactions: 9, unsealedTransactions: 1 });
    expect(sound.newestRoot).toMatch(/^[0-9a-f]{64}$/);
    expect(sound.differences).toEqual([]);
  });

  test.each<[string, RawBuilder<unknown>, number]>([
    [
      "an amount, both sides alike",
      sql`update postings set fen = fen * 2 where transaction_id = ${transaction(2)}`,
      1,
    ],
    [
      "the account of a posting",
      sql`update postings set account_id = (select min(id::text)::uuid from ledger_accounts
        where id <> account_id) where ${debit(5)}`,
      2,
    ],
    ["a tag", sql`update postings set order_line_id = id where ${debit(9)}`, 3],
    [
      "a posting's time",
      sql`update postings set created_at = created_at + interval '1 microsecond'
      where ${debit(9)}`,
      3,
    ],
    [
      "a posting's era",
      sql`update postings set created_at =
        (to_char(created_at, 'YYYY-MM-DD HH24:MI:SS.USOF') || ' BC')::timestamptz
      where ${debit(9)}`,
      3,
    ],
    [
      "when it happened",
      sql`update ledger_transactions set occurred_at = occurred_at
      + interval '1 microsecond' where seq = 4`,
      2,
    ],
    [
      "the era it happened in",
      sql`update ledger_transactions set occurred_at =
        (to_char(occurred_at, 'YYYY-MM-DD HH24:MI:SS.USOF') || ' BC')::timestamptz where seq = 4`,
      2,
    ],
    ["what caused it", sql`update ledger_transactions set cause_id = id where seq = 1`, 1],
    ["its key", sql`update ledger_transactions set idempotency_key = 'other' where seq = 1`, 1],
    ["its kind", sql`update ledger_transactions set kind = 'sale' where seq = 7`, 2],
    [
      "two postings that swap their amounts",
      sql`update postings set fen = -fen where transaction_id = ${transaction(6)}`,
      2,
    ],
    [
      "two transactions that swap their places",
      sql`update postings set transaction_id = case when transaction_id = ${transaction(1)}
        then ${transaction(2)} else ${transaction(1)} end, transaction_seq = 3 - transaction_seq
        where transaction_id in (${transaction(1)}, ${transaction(2)})`,
      1,
    ],
  ])("notices %s", async (_what, forgery, sealSeq) => {
    const differences = await noticed([forgery]);
    expect(differences).toEqual(changed(sealSeq));
  });

  test("notices an account that was renamed, in every seal that used it", async () => {
    const rename = sql`update ledger_accounts set code = 'bank:other'
      where code = 'bank:market'`;
    expect(await noticed([rename])).toEqual([1, 2, 3].flatMap(changed));
  });

  test("notices a transaction that was deleted, with its postings or without", async () => {
    const gone = { kind: "transaction-count", sealSeq: 2, sealed: 4, found: 3 };
    const postings = sql`delete from postings where transaction_id = ${transaction(5)}`;
    const row = sql`delete from ledger_transactions where seq = 5`;
    expect(await noticed([postings, row])).toEqual([gone]);
    expect(await noticed([row])).toEqual([gone]);
    const bare = await noticed([postings]);
    expect(bare?.map(({ kind }) => kind)).toEqual(["transactions-changed", "unbalanced"]);
  });

  test("notices a transaction that was slipped in", async () => {
    const renumbered = sql`insert into ledger_transactions overriding system value
      select gen_random_uuid(), 0, kind, cause_type, cause_id, null, 'slipped', occurred_at,
        created_at from ledger_transactions where seq = 1`;
    const moved = sql`update ledger_transactions set seq = default where seq = 3`;
    // Below the first seal there is no place; the number of a deleted one is the way in.
    const before = await noticed([renumbered]);
    expect(before?.map(({ kind }) => kind)).toEqual(["transaction-before-seals"]);
    expect(await countUnexplained([renumbered])).toBe((await countUnexplained([])) + 1);
    const counts = await noticed([moved]);
    expect(counts).toContainEqual({ kind: "transaction-count", sealSeq: 1, sealed: 3, found: 2 });
  });

  test("notices one that sums to something, sealed or not", async () => {
    const id = (
      await database.db
        .selectFrom("ledger_transactions")
        .select("id")
        .where("seq", "=", 10)
        .executeTakeFirstOrThrow()
    ).id;
    const forgery = sql`update postings set fen = fen + 1 where ${debit(10)}`;
    expect(await noticed([forgery])).toEqual([{ kind: "unbalanced", transactionId: id }]);
  });

  test.each(["merkle_root", "chained_root", "previous_root"])(
    "notices a changed %s",
    async (name) => {
      const column = sql.id(name);
      const forgery = sql`update ledger_seals set ${column} = sha256(${column}) where seq = 2`;
      const differences = await noticed([forgery]);
      expect(differences).toContainEqual({ kind: "seal-changed", sealSeq: 2 });
    },
  );

  test.each([
    sql`update ledger_seals set created_at = created_at + interval '1 microsecond' where seq = 1`,
    sql`update ledger_seals set id = gen_random_uuid() where seq = 1`,
    sql`update ledger_seals set last_seq = 2, transaction_count = 2 where seq = 1`,
  ])("notices any change of a seal (%#)", async (forgery) => {
    expect(await noticed([forgery])).toContainEqual({ kind: "seal-changed", sealSeq: 1 });
  });

  test("notices a seal that was deleted: the first, one between, the last", async () => {
    const without = (seq: number) => noticed([sql`delete from ledger_seals where seq = ${seq}`]);
    expect(await without(1)).toEqual([
      { kind: "chain-broken", sealSeq: 2 },
      { kind: "seal-out-of-place", sealSeq: 2 },
      { kind: "seal-missing", sealSeq: 1 },
    ]);
    expect(await without(2)).toContainEqual({ kind: "chain-broken", sealSeq: 3 });
    expect(await without(3)).toEqual([{ kind: "seal-missing", sealSeq: 3 }]);
  });

  test("notices by a kept root that the last seal went with every trace of it", async () => {
    const traceless = [
      sql`delete from audit_log where (after ->> 'seq')::int = 3`,
      sql`delete from ledger_seals where seq = 3`,
    ];
    expect(await noticed(traceless)).toEqual([]);
    const root = sound.newestRoot ?? "";
    expect(await noticed(traceless, [root])).toEqual([{ kind: "kept-root-unknown", root }]);
    expect((await verifyLedger(database.db, [root])).differences).toEqual([]);
  });

  test("notices a balance kept wrong: the sum, its part, a month's; changed, gone or made up", async () => {
    await bookPayouts(database.db, 130);
    await snapshotBalances(database.db);
    expect((await verifyLedger(database.db)).differences).toEqual([]);
    const ofSum = { kind: "snapshot-wrong", account: "stripe:clearing", month: null };
    const ofMonth = { ...ofSum, month: "2026-11-01" };
    const clearing = sql`account_id = (select id from ledger_accounts where code = 'stripe:clearing')`;
    const { rows } = await sql<{ throughSeq: number }>`select through_seq as "throughSeq"
      from balance_snapshots where ${clearing} order by 1`.execute(database.db);
    const [first = { throughSeq: 0 }, second = { throughSeq: 0 }] = rows;
    const at = ({ throughSeq }: { throughSeq: number }) =>
      sql`${clearing} and through_seq = ${throughSeq}`;
    for (const column of ["balance_fen", "payout_fen"].map((name) => sql.id(name))) {
      const sum = sql`update balance_snapshots set ${column} = ${column} + 1 where ${at(first)}`;
      expect(await noticed([sum])).toEqual([{ ...ofSum, ...first }]);
      const month = sql`update month_snapshots set ${column} = ${column} + 1 where ${at(second)}`;
      expect(await noticed([month])).toEqual([{ ...ofMonth, ...second }]);
    }
    const gone = sql`delete from month_snapshots where ${at(first)}`;
    expect(await noticed([gone])).toEqual([{ ...ofMonth, ...first }]);
    const otherEra = sql`update ledger_transactions set occurred_at =
      (to_char(occurred_at, 'YYYY-MM-DD HH24:MI:SS.USOF') || ' BC')::timestamptz where seq = 3`;
    expect(await noticed([otherEra])).toEqual(
      expect.arrayContaining([
        { ...ofMonth, ...first },
        { ...ofMonth, ...first, month: "2026-11-01 BC" },
      ]),
    );
    // Somewhere in the tail.
    const madeUp = sql`insert into balance_snapshots select account_id, through_seq + 1, balance_fen, payout_fen
      from balance_snapshots where ${at(second)}`;
    expect(await noticed([madeUp])).toContainEqual({ ...ofSum, throughSeq: second.throughSeq + 1 });
  });

  test("notices a posting that carries another number than its transaction", async () => {
    const { rows } = await sql<{ id: string }>`select ${transaction(3)} as id`.execute(database.db);
    const moved = sql`update postings set transaction_seq = 1 where ${debit(3)}`;
    const transactionId = rows[0]?.id;
    expect(await noticed([moved])).toContainEqual({ kind: "posting-misplaced", transactionId });
  });
});
