import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { foundIn } from "#tests/factories/forge.ts";
import { postFen } from "#tests/factories/ledger.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { sealLedger } from "./seal-ledger.ts";

let database: TestDatabase;
let unsealedId: string;

const post = () => database.db.transaction().execute((trx) => postFen(trx));

// Two seals, and one transaction that none covers yet. No row of the market stands behind them.
beforeAll(async () => {
  database = await createTestDatabase();
  await post();
  await sealLedger(database.db);
  await post();
  await sealLedger(database.db);
  unsealedId = await post();
});
afterAll(() => database.drop());

const STAMPS = ["stamp-differs", "seal-stamp-differs"];
const noticed = async (...forgeries: RawBuilder<unknown>[]) =>
  (await foundIn(database.db, forgeries)).filter(({ kind }) => STAMPS.includes(kind));
/** The transaction and its postings claim to have been written then. */
const stamped = (at: string, id = unsealedId) => [
  sql`update ledger_transactions set created_at = ${sql.raw(at)} where id = ${id}`,
  sql`update postings set created_at = ${sql.raw(at)} where transaction_id = ${id}`,
];
const differs = [{ kind: "stamp-differs", transactionId: expect.any(String) }];

describe("checking when the books were written", () => {
  test("finds nothing in what the market wrote, nor in what a clock has written that stepped back since", async () => {
    expect(await noticed()).toEqual([]);
    expect(await noticed(...stamped("now() + interval '40 seconds'"))).toEqual([]);
    expect(await noticed(...stamped("now() - interval '50 minutes'"))).toEqual([]);
  });

  test.each(["now() + interval '2 minutes'", "'2099-01-01'", "'12026-01-01'", "'infinity'"])(
    "names an entry stamped %s, sealed or not",
    async (at) => {
      expect(await noticed(...stamped(at))).toEqual([
        { kind: "stamp-differs", transactionId: unsealedId },
      ]);
    },
  );

  test("names an entry that was sealed with a stamp later than its seal, or a day before the seal before", async () => {
    for (const at of ["now() + interval '1 year'", "now() - interval '2 days'"]) {
      await inMarket(async (market) => {
        await market.forge(stamped(at, market.id));
        await sealLedger(market.db);
        expect((await foundIn(market.db, [])).filter(({ kind }) => STAMPS.includes(kind))).toEqual([
          { kind: "stamp-differs", transactionId: market.id },
        ]);
      });
    }
  });

  test("names a posting stamped at another moment than its entry", async () => {
    const [, postings] = stamped("now() - interval '1 minute'");
    expect(await noticed(postings as RawBuilder<unknown>)).toEqual(differs);
  });

  test("names a seal that claims to be made later than now, or before the one it follows", async () => {
    const of = (seq: number, at: string) =>
      sql`update ledger_seals set created_at = ${sql.raw(at)} where seq = ${seq}`;
    const named = { kind: "seal-stamp-differs", sealSeq: 2 };
    expect(await noticed(of(2, "'2099-01-01'"))).toEqual([named]);
    expect(await noticed(of(2, "now() - interval '1 day'"))).toContainEqual(named);
  });
});

/** Another seal's worth of books, to be forged to the commit. */
async function inMarket(
  act: (
    market: TestDatabase & { id: string; forge(all: RawBuilder<unknown>[]): Promise<void> },
  ) => Promise<void>,
) {
  const before = database;
  database = await createTestDatabase();
  const { db } = database;
  try {
    await post();
    await sealLedger(db);
    const id = await post();
    const forge = (all: RawBuilder<unknown>[]) =>
      db.transaction().execute(async (trx) => {
        await sql`set local session_replication_role = replica`.execute(trx);
        for (const one of all) await one.execute(trx);
      });
    await act({ ...database, id, forge });
  } finally {
    await database.drop();
    database = before;
  }
}

describe("the role the market runs as", () => {
  test.each([
    ["ledger_accounts", "id, code, kind", "gen_random_uuid(), 'bank:x', 'asset'"],
    [
      "ledger_transactions",
      "id, kind, cause_type, cause_id, idempotency_key, occurred_at",
      "gen_random_uuid(), 'sale', 'order', gen_random_uuid(), 'sale:x', now()",
    ],
    [
      "postings",
      "id, transaction_id, account_id, fen",
      "gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1",
    ],
    [
      "stripe_movements",
      "id, stripe_id, type, category, fen, fee_fen, currency, moved_at, available_at",
      "gen_random_uuid(), 'txn_x', 'charge', 'charge', 1, 0, 'cny', now(), now()",
    ],
  ])("cannot say when it wrote a row of %s", async (table, columns, values) => {
    const app = openAsApp(database);
    const insert = (more: string, value: string) =>
      sql`insert into ${sql.table(table)} (${sql.raw(columns + more)})
        values (${sql.raw(values + value)})`.execute(app);
    await expect(insert(", created_at", ", '2099-01-01'")).rejects.toThrow("permission denied");
    const said = await insert("", "").then(() => "", String);
    expect(said).not.toMatch("permission");
    await app.destroy();
  });
});
