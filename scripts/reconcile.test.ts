import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { postMany } from "#tests/factories/ledger.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { runScript } from "#tests/setup/run-script.ts";

let database: TestDatabase;
let payments: TestPayments;
let settings: Record<string, string>;
beforeAll(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
  settings = {
    DATABASE_URL: database.url,
    STRIPE_SECRET_KEY: "sk_test_sandbox",
    STRIPE_API_URL: payments.url,
  };
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});

const run = (...args: string[]) => runScript("scripts/reconcile.ts", settings, args);

// A test starts several processes, one after the other.
describe("npm run reconcile", { timeout: 60_000 }, () => {
  test("says that Stripe and the ledger agree, and what each holds", async () => {
    await makeCharged({ ...database, payments });
    const { code, said } = await run("--grace", "0");
    expect(said).toContain("1 lines of Stripe's balance read, 1 fees and payouts posted");
    expect(said).toContain("Stripe holds ¥63.14, the ledger says ¥63.14");
    expect(said).toContain("✓ Stripe and the ledger agree");
    expect(code).toBe(0);
  });

  test("names each difference and ends with 1", async () => {
    const [id] = await postMany(database.db, 1);
    expect(await run()).toMatchObject({ code: 0 });
    const { code, said } = await run("--grace", "0", "--all");
    expect(said).toMatch(
      new RegExp(`✗ in the ledger, not at Stripe: Stripe nothing, ledger ¥1.00 · .*ledger ${id}`),
    );
    expect(said).toContain("✗ 1 differences");
    expect(code).toBe(1);
  });

  test("says in one line what is missing or wrong", async () => {
    const { DATABASE_URL = "" } = settings;
    const without = (env: Record<string, string>) =>
      runScript("scripts/reconcile.ts", { DATA_DIR: "/nowhere", ...env });
    expect(await without({})).toEqual({
      code: 1,
      said: "No database to read: set DATABASE_URL, or run this while `npm start` is up.\n",
    });
    expect(await without({ DATABASE_URL })).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^No Stripe to ask: [^\n]*\n$/),
    });
    expect(await run("--grace", "soon")).toEqual({
      code: 1,
      said: "--grace wants whole minutes, 0 or more.\n",
    });
    const away = { ...settings, STRIPE_SECRET_KEY: "sk_test_wrong" };
    expect(await runScript("scripts/reconcile.ts", away)).toEqual({
      code: 1,
      said: "Reconciling stopped: Stripe cannot be reached, or refuses the key\n",
    });
  });
});
