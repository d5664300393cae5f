import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Auth, createAuth } from "#app/account/auth.ts";
import { createHttpSms } from "#app/gateways/sms.ts";
import { createPool } from "#db/client.ts";
import { type RunningSandbox, startSandbox } from "#scripts/sandbox/server.ts";
import { cookiesOf, SECRET } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { demoSignIn } from "./demo-sign-in.ts";
import { createForgive, type Forgive } from "./forgive.ts";

const KEY = "sk_test_sandbox";
const PHONE = "+8610000000001";

let database: TestDatabase;
let sandbox: RunningSandbox;
let pool: ReturnType<typeof createPool>;
let auth: Auth;
let forgive: Forgive;

beforeAll(async () => {
  database = await createTestDatabase();
  sandbox = await startSandbox({ stripeKey: KEY });
  pool = createPool(database.url, 10);
  const sms = createHttpSms(sandbox.url, KEY);
  auth = createAuth({ pool, secret: SECRET, baseUrl: "http://market.test", sms });
  forgive = createForgive({ pool, secret: SECRET });
});
afterAll(async () => {
  await sandbox.close();
  await pool.end();
  await database.drop();
});

const tap = (smsKey = KEY) =>
  demoSignIn({ auth, forgive }, { phone: PHONE, sandboxUrl: sandbox.url, smsKey });

describe("a demo sign-in", () => {
  it("asks for a code, reads the message and enters it, as often as one taps", async () => {
    for (let at = 0; at < 13; at++) {
      const signedIn = await tap();
      if (!signedIn.ok) throw new Error(signedIn.reason);
      const session = await auth.readSession(cookiesOf(signedIn.setCookies));
      expect(session).toMatchObject({ phone: PHONE });
    }
  });

  it("works for two taps at once", async () => {
    const both = await Promise.all([tap(), tap()]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
  });

  it("fails with a reason when the messages cannot be read, and lets nobody in", async () => {
    const before = await sql<{ n: number }>`select count(*) as n from auth.session`.execute(
      database.db,
    );
    expect(await tap("wrong-key")).toEqual({ ok: false, reason: "no-code" });
    const after = await sql`select count(*) as n from auth.session`.execute(database.db);
    expect(after.rows).toEqual(before.rows);
  });
});
