import { type RawBuilder, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postFen } from "#tests/factories/ledger.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { postTransaction } from "./post.ts";
import { SNAPSHOT_EVERY, snapshotBalances } from "./snapshot-balances.ts";

let database: TestDatabase;
let clearingId: string;
let suspenseId: string;
let oldTransactionId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const posted = await database.db.transaction().execute((trx) =>
    postTransaction(trx, {
      kind: "suspense",
      causeType: "payment",
      causeId: uuidv7(),
      idempotencyKey: "suspense:old",
      occurredAt: new Date(),
      postings: [
        { account: "stripe:clearing", fen: 100 },
        { account: "suspense:payments", fen: -100 },
      ],
    }),
  );
  if (!posted.ok) throw new Error(posted.reason);
  oldTransactionId = posted.transactionId;
  await database.db.transaction().execute(async (trx) => {
    for (let made = 0; made < SNAPSHOT_EVERY; made++) await postFen(trx);
  });
  await snapshotBalances(database.db);
  const accounts = await database.db
    .selectFrom("ledger_accounts")
    .select(["id", "code"])
    .orderBy("code")
    .execute();
  [clearingId, suspenseId] = accounts.map((account) => account.id) as [string, string];
});
afterAll(() => database.drop());

const ROLES = ["postgres", "tianji_app"] as const;

/** Runs statements in one transaction, as the owner or as the app's own role, to the commit. */
function run(role: (typeof ROLES)[number], ...statements: RawBuilder<unknown>[]) {
  return database.db.transaction().execute(async (trx) => {
    await sql`set local role ${sql.id(role)}`.execute(trx);
    for (const statement of statements) await statement.execute(trx);
  });
}

const transaction = (id: string) => sql`
  insert into ledger_transactions (id, kind, cause_type, cause_id, idempotency_key, occurred_at)
  values (${id}, 'sale', 'payment', ${uuidv7()}, ${id}, now())`;
const posting = (transactionId: string, accountId: string, fen: number) => sql`
  insert into postings (id, transaction_id, account_id, fen)
  values (${uuidv7()}, ${transactionId}, ${accountId}, ${fen})`;

describe.each(ROLES)("the ledger, written to by %s", (role) => {
  test("takes a balanced pair", async () => {
    const id = uuidv7();
    await run(role, transaction(id), posting(id, clearingId, 5), posting(id, suspenseId, -5));
    const { rows } = await sql`select 1 from postings where transaction_id = ${id}`.execute(
      database.db,
    );
    expect(rows).toHaveLength(2);
  });

  test("refuses what does not sum to zero", async () => {
    const id = uuidv7();
    const off = [transaction(id), posting(id, clearingId, 5), posting(id, suspenseId, -4)];
    await expect(run(role, ...off)).rejects.toThrow("does not balance");
  });

  test.each([...["2026-11-22 BC", "1999-12-31", "2200-01-01", "infinity", "-infinity"]])(
    "refuses an entry that happened on %s",
    async (moment) => {
      const id = uuidv7();
      const entry = sql`
      insert into ledger_transactions (id, kind, cause_type, cause_id, idempotency_key, occurred_at)
      values (${id}, 'sale', 'payment', ${uuidv7()}, ${id}, ${moment})`;
      const pair = [posting(id, clearingId, 5), posting(id, suspenseId, -5)];
      await expect(run(role, entry, ...pair)).rejects.toThrow(
        "ledger_transactions_occurred_at_check",
      );
    },
  );

  test("refuses a transaction with one posting or none", async () => {
    const one = uuidv7();
    await expect(run(role, transaction(one), posting(one, clearingId, 5))).rejects.toThrow(
      "does not balance",
    );
    await expect(run(role, transaction(uuidv7()))).rejects.toThrow("does not balance");
  });

  test("refuses a posting of zero fen", async () => {
    const id = uuidv7();
    await expect(run(role, transaction(id), posting(id, clearingId, 0))).rejects.toThrow(
      "postings_fen_check",
    );
  });

  test("refuses a balanced pair slipped into an old transaction", async () => {
    const pair = [
      posting(oldTransactionId, clearingId, 5),
      posting(oldTransactionId, suspenseId, -5),
    ];
    await expect(run(role, ...pair)).rejects.toThrow("is closed");
  });

  test("refuses a pair added after the balance was forced early", async () => {
    const id = uuidv7();
    await expect(
      run(
        role,
        transaction(id),
        posting(id, clearingId, 5),
        posting(id, suspenseId, -5),
        sql`set constraints all immediate`,
        posting(id, clearingId, 1),
      ),
    ).rejects.toThrow("does not balance");
  });

  test.each([
    ["update of a posting", sql`update postings set fen = fen * 2`],
    ["delete of postings", sql`delete from postings`],
    ["truncate of postings", sql`truncate postings`],
    ["update of a transaction", sql`update ledger_transactions set kind = 'opening'`],
    ["delete of transactions", sql`delete from ledger_transactions`],
    ["truncate of transactions", sql`truncate ledger_transactions cascade`],
    ["truncate of seals", sql`truncate ledger_seals`],
    ["renaming an account", sql`update ledger_accounts set code = code || '-x'`],
    ["delete of an account", sql`delete from ledger_accounts`],
    ["update of a kept balance", sql`update balance_snapshots set balance_fen = 0`],
    ["delete of kept balances", sql`delete from balance_snapshots`],
    ["truncate of kept months", sql`truncate month_snapshots`],
    ["update of a kept month", sql`update month_snapshots set balance_fen = 0`],
  ])("refuses the %s", async (_what, statement) => {
    const refusal = role === "postgres" ? "the ledger is written once" : "permission denied";
    await expect(run(role, statement)).rejects.toThrow(refusal);
  });
});

test("the app's own role cannot lift the triggers", async () => {
  await expect(run("tianji_app", sql`alter table postings disable trigger all`)).rejects.toThrow(
    "must be owner",
  );
  await expect(run("tianji_app", sql`set session_replication_role = replica`)).rejects.toThrow(
    "permission denied",
  );
});
