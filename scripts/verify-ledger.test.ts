import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sealLedger } from "#app/domain/ledger/seal-ledger.ts";
import { bookPayouts } from "#tests/factories/ledger.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { runScript } from "#tests/setup/run-script.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await bookPayouts(database.db, 3);
  await sealLedger(database.db);
});
afterAll(() => database.drop());

const verify = (...args: string[]) =>
  runScript("scripts/verify-ledger.ts", { DATABASE_URL: database.url }, args);

/** What only a superuser can do, who lifts the ledger's triggers first. */
const forge = (fen: number) =>
  database.db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`update postings set fen = sign(fen) * ${fen} where transaction_id =
      (select id from ledger_transactions where seq = 2)`.execute(trx);
  });

// A test starts several processes, one after the other.
describe("npm run verify-ledger", { timeout: 60_000 }, () => {
  test("says that the ledger is as it was sealed, and which root to keep", async () => {
    const { code, said } = await verify();
    expect(said).toContain("3 transactions in 1 seals, 0 newer");
    expect(said).toContain("✓ the ledger is as it was sealed");
    expect(code).toBe(0);
    const root = /kept elsewhere: ([0-9a-f]{64})/.exec(said)?.[1] ?? "";
    expect(await verify("--root", root)).toMatchObject({ code: 0 });
    expect(await verify("--root", "0".repeat(64))).toMatchObject({ code: 1 });
  });

  test("ends with 1 when one row was changed, both sides alike, and with 0 once it is as it was", async () => {
    await forge(102);
    const { code, said } = await verify();
    expect(said).toContain("✗ seal 1: a transaction it covers was changed");
    expect(said).toContain("it is not the line of Stripe's balance that it was posted of");
    expect(said).toContain("✗ 2 differences");
    expect(code).toBe(1);
    await forge(101);
    expect(await verify()).toMatchObject({ code: 0 });
  });
});
