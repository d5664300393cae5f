import { setTimeout as sleep } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { postFen, postMany, postTogether } from "#tests/factories/ledger.ts";
import { raceBehind, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { canonicalBytes } from "./canonical.ts";
import { leafHash, merkleRoot } from "./merkle.ts";
import { readNewestSeals, readSealsAfter } from "./read-seals.ts";
import { readTransactions } from "./read-transactions.ts";
import { SEALER_LOCK, sealLedger } from "./seal-ledger.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeEach(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterEach(() => database.drop());

const seals = () => readSealsAfter(db, 0, 100);
const all = { after: 0, upTo: 1_000_000, limit: 10_000 };

describe("sealing the ledger", () => {
  test("covers every transaction once, and chains each seal to the one before", async () => {
    expect(await sealLedger(db)).toEqual({ ok: true, seals: 0, transactions: 0 });
    await postMany(db, 3);
    expect(await sealLedger(db)).toEqual({ ok: true, seals: 1, transactions: 3 });
    expect(await sealLedger(db)).toEqual({ ok: true, seals: 0, transactions: 0 });
    await postMany(db, 2);
    expect(await sealLedger(db)).toEqual({ ok: true, seals: 1, transactions: 2 });

    const [first, second] = await seals();
    expect(first).toMatchObject({ seq: 1, firstSeq: 1, lastSeq: 3, previousRoot: null });
    expect(second).toMatchObject({
      seq: 2,
      firstSeq: 4,
      lastSeq: 5,
      transactionCount: 2,
      previousRoot: first?.chainedRoot,
    });
    const leaves = (await readTransactions(db, all)).map((one) => leafHash(canonicalBytes(one)));
    expect(second?.merkleRoot).toBe(merkleRoot(leaves.slice(3)).toString("hex"));
  });

  test("goes over numbers that were given out and never used", async () => {
    await postMany(db, 1);
    await db
      .transaction()
      .execute(async (trx) => {
        await postFen(trx);
        throw new Error("given up");
      })
      .catch(() => {});
    await postMany(db, 1);
    expect(await sealLedger(db)).toMatchObject({ seals: 1, transactions: 2 });
    expect((await seals())[0]).toMatchObject({ firstSeq: 1, lastSeq: 3, transactionCount: 2 });
  });

  test("a great many are split over several seals", async () => {
    await postTogether(db, 1_030);
    expect(await sealLedger(db)).toEqual({ ok: true, seals: 2, transactions: 1_030 });
    expect((await seals()).map((seal) => seal.transactionCount)).toEqual([1_024, 6]);
  }, 60_000);

  test("may be done by the role the app signs in with", async () => {
    await postMany(db, 1);
    const asApp = openAsApp(database);
    try {
      expect(await sealLedger(asApp)).toMatchObject({ ok: true, transactions: 1 });
    } finally {
      await asApp.destroy();
    }
  });
});

const GATE = 4_711;

/** A writer that has its seq and stands before the gate, its transaction still open. */
function writeAndWait(): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const id = await postFen(trx);
    await sql`select pg_advisory_xact_lock(${GATE})`.execute(trx);
    return id;
  });
}

describe("a transaction that is seen late", () => {
  // The accounts are there: who opens one first would make the others wait for it instead.
  beforeEach(() => postMany(db, 1));

  test("is waited for: the seal covers it and those numbered after it", async () => {
    let late: Promise<string> = Promise.resolve("");
    let sealing: ReturnType<typeof sealLedger> | undefined;
    let looks = 0;
    await db.transaction().execute(async (gate) => {
      await sql`select pg_advisory_xact_lock(${GATE})`.execute(gate);
      late = writeAndWait();
      await waitUntilBlocked(db, 1);
      await postMany(db, 1);
      const seen = await readTransactions(db, all);
      expect(seen.map((one) => one.seq)).toEqual([1, 3]);
      await new Promise<void>((resolve) => {
        sealing = sealLedger(db, {
          pause: async () => {
            looks += 1;
            if (looks === 2) resolve();
            await sleep(5);
          },
        });
        void sealing.finally(resolve);
      });
      expect(looks).toBe(2);
      expect(await seals()).toEqual([]);
    });
    expect(await sealing).toEqual({ ok: true, seals: 1, transactions: 3 });
    const [, second] = await readTransactions(db, all);
    expect(second).toMatchObject({ id: await late, seq: 2 });
  });

  test("stops the sealing when it stays open, and nothing is sealed around it", async () => {
    let late: Promise<string> = Promise.resolve("");
    await db.transaction().execute(async (gate) => {
      await sql`select pg_advisory_xact_lock(${GATE})`.execute(gate);
      late = writeAndWait();
      await waitUntilBlocked(db, 1);
      await postMany(db, 1);
      const sealed = await sealLedger(db, { patienceMs: 60 });
      expect(sealed).toEqual({ ok: false, reason: "writer-still-open" });
    });
    await late;
    expect(await sealLedger(db)).toMatchObject({ ok: true, transactions: 3 });
  });

  test("that began after the sealing is not waited for", async () => {
    let late: Promise<string> = Promise.resolve("");
    let looks = 0;
    const pause = async () => {
      looks += 1;
      if (looks > 1) return sleep(5);
      late = writeAndWait();
      await waitUntilBlocked(db, 1);
    };
    await db.transaction().execute(async (gate) => {
      await sql`select pg_advisory_xact_lock(${GATE})`.execute(gate);
      const sealing = await db.transaction().execute(async (early) => {
        await postFen(early);
        const running = sealLedger(db, { pause, patienceMs: 3_000 });
        for (let tries = 0; looks < 2 && tries < 500; tries++) await sleep(5);
        return { running };
      });
      expect(await sealing.running).toEqual({ ok: true, seals: 1, transactions: 1 });
    });
    await late;
    expect(await sealLedger(db)).toMatchObject({ ok: true, transactions: 2 });
  });
});

describe("two sealers at once", () => {
  test("make one seal", async () => {
    await postMany(db, 4);
    const lock = sql`select pg_advisory_xact_lock(${SEALER_LOCK})`;
    const seal = () => sealLedger(db);
    const both = await raceBehind(db, lock, 2, [seal, seal]);
    expect(both.map((sealed) => sealed.ok && sealed.seals).sort()).toEqual([0, 1]);
    expect(await readNewestSeals(db, 5)).toMatchObject([{ seq: 1, transactionCount: 4 }]);
  });
});

describe("the chain of seals", () => {
  test.each([
    ["a seal that overlaps the one before", 2, 4],
    ["a number that skips one", 3, 5],
    ["a seal that leaves transactions out", 2, 6],
  ])("refuses %s, whoever writes it", async (_what, seq, firstSeq) => {
    await postMany(db, 4);
    await sealLedger(db);
    const forged = sql`insert into ledger_seals (id, seq, first_seq, last_seq, transaction_count,
      merkle_root, previous_root, chained_root) overriding system value
      select gen_random_uuid(), ${seq}, ${firstSeq}, 9, 1, merkle_root, chained_root,
      sha256(chained_root) from ledger_seals`;
    await expect(forged.execute(db)).rejects.toThrow("does not follow");
  });
});
