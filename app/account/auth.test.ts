import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { makeSignIn, SECRET } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { createAuth } from "./auth.ts";
import { hashEntry } from "./one-time-code.ts";

let database: TestDatabase;
let db: Kysely<DB>;
let made: ReturnType<typeof makeSignIn>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  made = makeSignIn(database.url);
});
afterAll(async () => {
  await made.pool.end();
  await database.drop();
});

/** Some other code than the right one. */
const wrong = (code: string, step = 1) =>
  String((Number(code) + step) % 1_000_000).padStart(6, "0");

/** Everything the schema holds, as text. */
async function everythingKept(schema: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = ${schema} and table_type = 'BASE TABLE'`.execute(db);
  const kept: string[] = [];
  for (const { name } of rows) {
    const all = await sql`select t::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(
      db,
    );
    kept.push(JSON.stringify(all.rows));
  }
  return kept.join("\n");
}

describe("one-time codes", () => {
  it("sign a new number up and a known number in", async () => {
    const phone = made.nextPhone();
    const first = await made.signIn(phone);
    expect(await made.auth.readSession(first.headers)).toMatchObject({
      userId: first.userId,
      phone,
    });
    await made.forgive(phone);
    expect((await made.signIn(phone)).userId).toBe(first.userId);
  });

  it("are never kept in clear, neither before nor after they are spent", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    expect(code).toMatch(/^\d{6}$/);
    const found = async () =>
      [await everythingKept("auth"), await everythingKept("graphile_worker")].join("\n");
    const digits = new RegExp(`(?<!\\d)${code}(?!\\d)`);
    expect(await found()).not.toMatch(digits);
    await made.enter(phone, wrong(code));
    expect((await made.enter(phone, code)).ok).toBe(true);
    expect(await found()).not.toMatch(digits);
    expect(await found()).toContain(phone);
  });

  it("are hashed with the server's secret, not plainly", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    const other = createAuth({
      pool: made.pool,
      secret: `${SECRET}!`,
      baseUrl: "http://market.test",
      sms: made.sms,
    });
    // As if who asked were kept plainly: only the code is left to compare.
    const { askedBy } = hashEntry(`${SECRET}!`, { phone, asker: made.asker, code });
    await sql`update auth.sign_in_codes set asked_by = ${askedBy} where phone = ${phone}`.execute(
      db,
    );
    const { asker } = made;
    const from = { phone, asker, address: made.address(), headers: new Headers() };
    expect(await other.signIn({ ...from, code })).toMatchObject({ reason: "code-wrong" });
  });

  it("live at most five minutes", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from expires_at - created_at)::int as seconds
      from auth.sign_in_codes where phone = ${phone}`.execute(db);
    expect(rows[0]?.seconds).toBe(300);
    await sql`update auth.sign_in_codes set expires_at = now() where phone = ${phone}`.execute(db);
    expect(await made.enter(phone, code)).toEqual({ ok: false, reason: "code-over" });
  });

  it("are dead after five wrong tries", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    for (let step = 1; step <= 4; step++) {
      expect(await made.enter(phone, wrong(code, step))).toEqual({
        ok: false,
        reason: "code-wrong",
        triesLeft: 5 - step,
      });
    }
    expect(await made.enter(phone, wrong(code, 5))).toEqual({ ok: false, reason: "code-over" });
    expect(await made.enter(phone, code)).toEqual({ ok: false, reason: "code-over" });
  });

  it("allow no sixth try when many race", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    const tries = Array.from({ length: 12 }, (_, step) => made.enter(phone, wrong(code, step + 1)));
    await Promise.all(tries);
    const { rows } = await sql<{ tries: number }>`
      select tries from auth.sign_in_codes where phone = ${phone}`.execute(db);
    expect(rows[0]?.tries).toBe(5);
    expect((await made.enter(phone, code)).ok).toBe(false);
  });

  it("can be neither tried, nor killed, nor replaced by anyone but who asked", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    const headers = new Headers();
    const stranger = { phone, asker: "a stranger", address: "198.51.100.9", headers };
    const guess = (tried: string) => made.auth.signIn({ ...stranger, code: tried });
    const over = { ok: false, reason: "code-over" };
    expect(await guess(code)).toEqual(over);
    for (let step = 1; step <= 6; step++) expect(await guess(wrong(code, step))).toEqual(over);
    expect(await made.auth.requestCode({ ...stranger, locale: "zh" })).toEqual({ ok: true });
    expect(await guess(code)).toMatchObject({ ok: false, reason: "code-wrong" });
    expect((await made.enter(phone, code)).ok).toBe(true);
  });

  it("replace each other: only the newest works, and only for its own number", async () => {
    const [phone, stranger] = [made.nextPhone(), made.nextPhone()];
    const old = await made.ask(phone);
    await made.forgive(phone);
    let code = await made.ask(phone);
    while (code === old) {
      await made.forgive(phone);
      code = await made.ask(phone);
    }
    expect((await made.enter(phone, old)).ok).toBe(false);
    expect((await made.enter(stranger, code)).ok).toBe(false);
    expect((await made.enter(phone, code)).ok).toBe(true);
  });

  it("cannot be replaced by anything that better-auth would take", async () => {
    const phone = made.nextPhone();
    await made.ask(phone);
    for (const code of ["", "undefined", "000000:0", "' or true --"]) {
      expect((await made.enter(phone, code)).ok).toBe(false);
    }
  });
});
