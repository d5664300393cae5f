import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeHousehold } from "#tests/factories/people.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readBalances, readTrialBalance } from "./balances.ts";
import { type LedgerEntry, type Posting, postTransaction } from "./post.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function entry(postings: Posting[], key = uuidv7()): LedgerEntry {
  return {
    kind: "sale",
    causeType: "payment",
    causeId: uuidv7(),
    idempotencyKey: `sale:${key}`,
    occurredAt: new Date("2026-11-22T02:00:00Z"),
    postings,
  };
}

const post = (made: LedgerEntry) =>
  database.db.transaction().execute((trx) => postTransaction(trx, made));

describe("posting to the ledger", () => {
  test("a balanced transaction moves the balances, tagged with the relief account", async () => {
    const { reliefCode, reliefAccountId } = await makeHousehold(database.db);
    const relief = `relief:${reliefCode}`;
    const posted = await post(
      entry([
        { account: "stripe:clearing", fen: 500 },
        { account: relief, fen: -470, reliefAccountId },
        { account: "coop-fee:yanyuan", fen: -30 },
      ]),
    );
    expect(posted).toMatchObject({ ok: true, isNew: true });
    expect(await readBalances(database.db, [relief, "coop-fee:yanyuan", "freight:none"])).toEqual(
      new Map([
        [relief, -470],
        ["coop-fee:yanyuan", -30],
        ["freight:none", 0],
      ]),
    );
    expect((await readTrialBalance(database.db)).sumFen).toBe(0);
  });

  test("the same key twice is one transaction", async () => {
    const made = entry(
      [
        { account: "stripe:clearing", fen: 1 },
        { account: "suspense:twice", fen: -1 },
      ],
      "twice",
    );
    const first = await post(made);
    const second = await post(made);
    expect(second).toEqual({ ...first, isNew: false });
    expect(await readBalances(database.db, ["suspense:twice"])).toEqual(
      new Map([["suspense:twice", -1]]),
    );
  });

  test("the same key from two connections at once is one transaction", async () => {
    const made = entry(
      [
        { account: "stripe:clearing", fen: 1 },
        { account: "suspense:race", fen: -1 },
      ],
      "race",
    );
    const both = await Promise.all([post(made), post(made)]);
    expect(both.filter((posted) => posted.ok && posted.isNew)).toHaveLength(1);
    expect(await readBalances(database.db, ["suspense:race"])).toEqual(
      new Map([["suspense:race", -1]]),
    );
  });

  test.each<[string, Posting[]]>([
    ["too-few-postings", []],
    ["too-few-postings", [{ account: "stripe:clearing", fen: 1 }]],
    [
      "zero-posting",
      [
        { account: "stripe:clearing", fen: 0 },
        { account: "suspense:a", fen: 0 },
      ],
    ],
    [
      "unbalanced",
      [
        { account: "stripe:clearing", fen: 2 },
        { account: "suspense:a", fen: -1 },
      ],
    ],
  ])("%s is refused before the database is asked", async (reason, postings) => {
    expect(await post(entry(postings))).toEqual({ ok: false, reason });
  });

  test("a fraction of a fen is a bug, and so is an account outside the chart", async () => {
    const half = [
      { account: "stripe:clearing", fen: 0.5 },
      { account: "suspense:a", fen: -0.5 },
    ];
    await expect(post(entry(half))).rejects.toThrow(RangeError);
    const unknown = [
      { account: "stripe:clearing", fen: 1 },
      { account: "pocket:mine", fen: -1 },
    ];
    await expect(post(entry(unknown))).rejects.toThrow("pocket:mine");
  });
});
