import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { cookiesOf, makeSignIn } from "#tests/factories/sign-in.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import type { CodeEntered } from "./auth.ts";

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

const OVER = { ok: false, reason: "code-over" };
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

/** The headers with which the browser comes back that got this answer. */
function browserOf(entered: CodeEntered): Headers {
  if (!entered.ok) throw new Error(entered.reason);
  return cookiesOf(entered.setCookies);
}
const isSignedIn = async (entered: CodeEntered) =>
  (await made.auth.readSession(browserOf(entered))) !== null;

async function sessionsOf(phone: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from auth.session s join auth."user" u on u.id = s."userId"
    where u."phoneNumber" = ${phone}`.execute(db);
  return rows[0]?.count ?? 0;
}

const spentSecondsAgo = (phone: string, seconds: number) =>
  sql`update auth.sign_in_codes set used_at = now() - make_interval(secs => ${seconds})
    where phone = ${phone}`.execute(db);

describe("a right code that is sent twice", () => {
  it("signs in twice at once into one session, for a new number and for a known one", async () => {
    const phone = made.nextPhone();
    for (let round = 1; round <= 3; round++) {
      await made.forgive(phone);
      const code = await made.ask(phone);
      const enter = () => made.enter(phone, code);
      const lock = sql`select 1 from auth.sign_in_codes where phone = ${phone} for update`;
      const answers = await raceBehind(db, lock, 4, [enter, enter, enter, enter]);
      for (const answer of answers) expect(await isSignedIn(answer)).toBe(true);
      expect(await sessionsOf(phone)).toBe(round);
    }
  });

  it("gives the session again whose answer was lost on the way", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    const lost = browserOf(await made.enter(phone, code))
      .get("cookie")
      ?.split("; ")[0];
    const again = await made.enter(phone, code);
    expect(browserOf(again).get("cookie")?.split("; ")[0]).toBe(lost);
    expect(await isSignedIn(again)).toBe(true);
    expect(await sessionsOf(phone)).toBe(1);
  });

  it("does not end the session that it gave, and ends one that was planted in between", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    const hers = browserOf(await made.enter(phone, code));
    expect((await made.enter(phone, code, hers)).ok).toBe(true);
    expect(await made.auth.readSession(hers)).not.toBeNull();
    const { headers: planted } = await made.signIn(made.nextPhone());
    expect((await made.enter(phone, code, planted)).ok).toBe(true);
    expect(await made.auth.readSession(planted)).toBeNull();
    expect(await made.auth.readSession(hers)).not.toBeNull();
  });

  it("is over a minute after it was spent", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    await made.enter(phone, code);
    await spentSecondsAgo(phone, 59);
    expect((await made.enter(phone, code)).ok).toBe(true);
    await spentSecondsAgo(phone, 61);
    expect(await made.enter(phone, code)).toEqual(OVER);
    expect(await sessionsOf(phone)).toBe(1);
  });

  it("does not make the minute longer each time", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    await made.enter(phone, code);
    await spentSecondsAgo(phone, 40);
    await made.enter(phone, code);
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from now() - used_at)::int as seconds
      from auth.sign_in_codes where phone = ${phone}`.execute(db);
    expect(rows[0]?.seconds).toBeGreaterThanOrEqual(40);
  });

  it("works in the last second of its life as at any other time", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    await made.enter(phone, code);
    await sql`update auth.sign_in_codes set expires_at = now() where phone = ${phone}`.execute(db);
    expect((await made.enter(phone, code)).ok).toBe(true);
  });

  it("is over once she has signed out: a session that ended does not come back", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    await made.auth.signOut(browserOf(await made.enter(phone, code)));
    expect(await made.enter(phone, code)).toEqual(OVER);
    expect(await sessionsOf(phone)).toBe(0);
  });

  it("is no help to another browser, which has not asked for it", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    await made.enter(phone, code);
    const from = { phone, address: "198.51.100.9", headers: new Headers() };
    for (const asker of ["a stranger", "", phone]) {
      expect(await made.auth.signIn({ ...from, asker, code })).toEqual(OVER);
    }
    const stranger = { ...from, asker: "a stranger", locale: "zh" } as const;
    expect(await made.auth.requestCode(stranger)).toEqual({ ok: true });
    expect(await made.auth.signIn({ ...stranger, code: wrong(code) })).toMatchObject({ ok: false });
    expect(await sessionsOf(phone)).toBe(1);
  });

  it("leaves five wrong tries in all, before and after it was spent", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    for (let left = 4; left >= 2; left--) {
      const missed = await made.enter(phone, wrong(code));
      expect(missed).toEqual({ ok: false, reason: "code-wrong", triesLeft: left });
    }
    await made.enter(phone, code);
    expect(await made.enter(phone, wrong(code))).toMatchObject({ triesLeft: 1 });
    expect((await made.enter(phone, code)).ok).toBe(true);
    expect(await made.enter(phone, wrong(code))).toEqual(OVER);
    expect(await made.enter(phone, code)).toEqual(OVER);
  });

  it("is forgotten when a new code is sent", async () => {
    const phone = made.nextPhone();
    const old = await made.ask(phone);
    await made.enter(phone, old);
    let code = await made.ask(phone);
    while (code === old) code = await made.ask(phone);
    expect(await made.enter(phone, old)).toMatchObject({ reason: "code-wrong" });
    expect((await made.enter(phone, code)).ok).toBe(true);
    expect(await sessionsOf(phone)).toBe(2);
  });
});

describe("a sign-in that breaks off in the middle", () => {
  it("costs no code and leaves no session", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    await sql`alter table auth.session add constraint broken check (false) not valid`.execute(db);
    await expect(made.enter(phone, code)).rejects.toThrow();
    await sql`alter table auth.session drop constraint broken`.execute(db);
    expect(await sessionsOf(phone)).toBe(0);
    expect((await made.enter(phone, code)).ok).toBe(true);
  });
});
