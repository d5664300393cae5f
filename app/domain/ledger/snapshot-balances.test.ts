import { setTimeout as sleep } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { postFen, postTogether } from "#tests/factories/ledger.ts";
import { raceBehind, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { readBalances } from "./balances.ts";
import { postTransaction } from "./post.ts";
import { SNAPSHOT_EVERY, snapshotBalances } from "./snapshot-balances.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeEach(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterEach(() => database.drop());

const post = (count: number) => postTogether(db, count);

const CODES = ["stripe:clearing", "suspense:payments"];

async function snapshots(code = "stripe:clearing") {
  const { rows } = await sql<{ throughSeq: number; fen: number }>`
    select s.through_seq as "throughSeq", s.balance_fen as fen from balance_snapshots s
    join ledger_accounts a on a.id = s.account_id where a.code = ${code}
    order by s.through_seq`.execute(db);
  return rows;
}

/** What the postings alone say an account held through a seq. */
async function summed(code: string, throughSeq = Number.MAX_SAFE_INTEGER): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(p.fen), 0) as fen from postings p
    join ledger_transactions t on t.id = p.transaction_id
    join ledger_accounts a on a.id = p.account_id
    where a.code = ${code} and t.seq <= ${throughSeq}`.execute(db);
  return rows[0]?.fen ?? 0;
}

async function expectBalancesHold(): Promise<void> {
  const balances = await readBalances(db, CODES);
  for (const code of CODES) expect(balances.get(code)).toBe(await summed(code));
}

describe("balances kept", () => {
  test("stand behind every 64th posting, each the sum of all before it", async () => {
    await post(2 * SNAPSHOT_EVERY + 5);
    expect(await snapshotBalances(db)).toEqual({ ok: true, snapshots: 4 });
    const kept = await snapshots();
    expect(kept.map(({ throughSeq }) => throughSeq)).toEqual([64, 128]);
    for (const { throughSeq, fen } of kept) {
      expect(fen).toBe(await summed("stripe:clearing", throughSeq));
    }
    await expectBalancesHold();
  });

  test("fall in the same places however often it is done", async () => {
    for (let times = 0; times < 15; times++) {
      await post(10);
      expect(await snapshotBalances(db)).toMatchObject({ ok: true });
      await expectBalancesHold();
    }
    expect((await snapshots()).map(({ throughSeq }) => throughSeq)).toEqual([64, 128]);
    expect(await snapshotBalances(db)).toEqual({ ok: true, snapshots: 0 });
  });

  test("are read, and not the postings before them", async () => {
    await post(SNAPSHOT_EVERY + 1);
    await snapshotBalances(db);
    const before = await summed("stripe:clearing");
    await db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`update balance_snapshots set balance_fen = balance_fen + 7`.execute(trx);
      expect((await readBalances(trx, CODES)).get("stripe:clearing")).toBe(before + 7);
    });
  });

  test("never part a transaction that has many postings on one account", async () => {
    await db.transaction().execute(async (trx) => {
      const posted = await postTransaction(trx, {
        kind: "suspense",
        causeType: "payment",
        causeId: uuidv7(),
        idempotencyKey: `suspense:${uuidv7()}`,
        occurredAt: new Date(),
        postings: [
          ...Array.from({ length: 150 }, () => ({ account: "stripe:clearing", fen: 2 })),
          { account: "suspense:payments", fen: -300 },
        ],
      });
      expect(posted.ok).toBe(true);
    });
    await post(SNAPSHOT_EVERY);
    expect(await snapshotBalances(db)).toMatchObject({ ok: true });
    const kept = await snapshots();
    expect(kept[0]).toEqual({ throughSeq: 1, fen: 300 });
    // 150 and 42 more are three times 64.
    expect(kept.map(({ throughSeq }) => throughSeq)).toEqual([1, 43]);
    await expectBalancesHold();
  });

  test("may be written by the role the app signs in with", async () => {
    await post(SNAPSHOT_EVERY);
    const asApp = openAsApp(database);
    try {
      expect(await snapshotBalances(asApp)).toEqual({ ok: true, snapshots: 2 });
    } finally {
      await asApp.destroy();
    }
  });
});

const GATE = 4_712;

describe("a transaction that is seen late", () => {
  test("is waited for, so that it is in the snapshot it belongs to", async () => {
    // The accounts are there: who opens one first would make the others wait for it instead.
    await post(SNAPSHOT_EVERY - 2);
    let keeping: ReturnType<typeof snapshotBalances> | undefined;
    let late: Promise<unknown> = Promise.resolve();
    await db.transaction().execute(async (gate) => {
      await sql`select pg_advisory_xact_lock(${GATE})`.execute(gate);
      late = db.transaction().execute(async (trx) => {
        await postFen(trx, 5_000);
        await sql`select pg_advisory_xact_lock(${GATE})`.execute(trx);
      });
      await waitUntilBlocked(db, 1);
      await post(3);
      let looks = 0;
      await new Promise<void>((resolve) => {
        const pause = async () => {
          looks += 1;
          if (looks === 2) resolve();
          await sleep(5);
        };
        keeping = snapshotBalances(db, { pause });
        void keeping.finally(resolve);
      });
      expect(looks).toBe(2);
      expect(await snapshots()).toEqual([]);
    });
    await late;
    expect(await keeping).toEqual({ ok: true, snapshots: 2 });
    // 62 before it, the late one as the 63rd, and one of the three after it.
    expect(await snapshots()).toEqual([
      { throughSeq: 64, fen: await summed("stripe:clearing", 64) },
    ]);
    await expectBalancesHold();
  });

  test("that stays open stops the keeping, and nothing is kept around it", async () => {
    await post(SNAPSHOT_EVERY);
    await db.transaction().execute(async (trx) => {
      await postFen(trx);
      const kept = await snapshotBalances(db, { patienceMs: 60 });
      expect(kept).toEqual({ ok: false, reason: "writer-still-open" });
    });
    expect(await snapshots()).toEqual([]);
    await expectBalancesHold();
  });
});

describe("two workers at once", () => {
  test("keep each balance once", async () => {
    await post(3 * SNAPSHOT_EVERY);
    const lock = sql`lock table balance_snapshots in share row exclusive mode`;
    const keep = () => snapshotBalances(db);
    const both = await raceBehind(db, lock, 2, [keep, keep]);
    const made = both.map((kept) => (kept.ok ? kept.snapshots : Number.NaN));
    expect(made.reduce((sum, count) => sum + count)).toBe(6);
    expect((await snapshots()).map(({ throughSeq }) => throughSeq)).toEqual([64, 128, 192]);
    await expectBalancesHold();
  });
});
