import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";

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

const requestFor = (phone: string, asker = made.asker) =>
  ({ phone, asker, address: made.address(), locale: "zh", headers: new Headers() }) as const;
/** All limits come so much nearer to their end. */
const passTime = (minutes: number) =>
  sql`update auth.rate_limits set expire = expire - ${minutes * 60_000}`.execute(db);

describe("asking for a code", () => {
  it("answers a known and an unknown number alike", async () => {
    const [known, unknown] = [made.nextPhone(), made.nextPhone()];
    await made.signIn(known);
    await made.forgive(known);
    const answers = [];
    for (const phone of [known, unknown, known, unknown]) {
      answers.push(await made.auth.requestCode({ ...requestFor(phone), address: "198.51.100.1" }));
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[2]).toMatchObject({ ok: false, reason: "code-just-sent" });
    expect(answers[3]).toMatchObject({ ok: false, reason: "code-just-sent" });
    // A wrong code is answered alike, too.
    expect(await made.enter(known, "x")).toEqual(await made.enter(unknown, "x"));
    const [one, other] = [known, unknown].map((to) =>
      made.texts.filter((text) => text.to === to).at(-1),
    );
    expect(one?.text.replace(/\d{6}/, "")).toBe(other?.text.replace(/\d{6}/, ""));
  });

  it("is allowed at once when five wrong tries have killed the last one", async () => {
    const phone = made.nextPhone();
    const ask = () => made.auth.requestCode(requestFor(phone));
    expect(await ask()).toMatchObject({ ok: true });
    for (let tries = 0; tries < 6; tries += 1) await made.enter(phone, "x");
    expect(await ask()).toMatchObject({ ok: true });
  });

  it("is allowed once a minute, four times an hour and six times a day from one network", async () => {
    await sql`truncate auth.rate_limits`.execute(db);
    const phone = made.nextPhone();
    const ask = () => made.auth.requestCode(requestFor(phone));
    const isSent: boolean[] = [];
    const hour = async (times: number) => {
      for (let at = 0; at < times; at++) {
        const first = await ask();
        isSent.push(first.ok);
        const reason = first.ok ? "code-just-sent" : "too-many-codes";
        expect(await ask()).toMatchObject({ reason });
        await passTime(1);
      }
      await passTime(60);
    };
    await hour(5);
    expect(isSent).toEqual([true, true, true, true, false]);
    await hour(3);
    expect(isSent.slice(5)).toEqual([true, true, false]);
    const seventh = await ask();
    expect(seventh).toMatchObject({ ok: false, reason: "too-many-codes" });
    if (seventh.ok || seventh.reason !== "too-many-codes") return;
    expect(seventh.retryAfterSeconds).toBeGreaterThan(20 * 3600);
    await passTime(24 * 60);
    expect((await ask()).ok).toBe(true);
  });

  it("does not wait for a stranger who has just asked for the same number", async () => {
    const phone = made.nextPhone();
    expect((await made.auth.requestCode(requestFor(phone, "a stranger"))).ok).toBe(true);
    expect((await made.auth.requestCode(requestFor(phone))).ok).toBe(true);
    expect((await made.auth.requestCode(requestFor(phone))).ok).toBe(false);
  });

  it("is allowed forty times an hour for one address, and a whole IPv6 /64 is one", async () => {
    await sql`truncate auth.rate_limits`.execute(db);
    const from = (host: number) => ({
      phone: made.nextPhone(),
      asker: made.asker,
      address: `2001:db8::${host.toString(16)}`,
      locale: "en" as const,
      headers: new Headers(),
    });
    for (let at = 0; at < 40; at++) expect((await made.auth.requestCode(from(at))).ok).toBe(true);
    expect(await made.auth.requestCode(from(99))).toMatchObject({
      ok: false,
      reason: "too-many-codes",
    });
    const neighbour = { ...from(1), address: "2001:db8:0:1::1" };
    expect((await made.auth.requestCode(neighbour)).ok).toBe(true);
  });

  it("keeps neither number nor address in the table of limits", async () => {
    await sql`truncate auth.rate_limits`.execute(db);
    const phone = made.nextPhone();
    await made.ask(phone);
    const { rows } = await sql<{ key: string }>`select key from auth.rate_limits`.execute(db);
    expect(rows.length).toBeGreaterThan(3);
    for (const { key } of rows) {
      expect(key).not.toContain(phone.slice(3));
      expect(key).not.toContain("203.0");
    }
  });

  it("may be repeated at once when the message could not be sent", async () => {
    const phone = made.nextPhone();
    made.sms.isDown = true;
    const failed = await made.auth.requestCode(requestFor(phone));
    made.sms.isDown = false;
    expect(failed).toEqual({ ok: false, reason: "sms-unavailable" });
    expect(await made.ask(phone)).toMatch(/^\d{6}$/);
  });

  it("leaves the code before it alive when the message could not be sent", async () => {
    const phone = made.nextPhone();
    const code = await made.ask(phone);
    await made.forgive(phone);
    made.sms.isDown = true;
    await made.auth.requestCode(requestFor(phone));
    made.sms.isDown = false;
    expect((await made.enter(phone, code)).ok).toBe(true);
  });

  it("may follow at once after a code was used, but four times an hour all the same", async () => {
    await sql`truncate auth.rate_limits`.execute(db);
    const phone = made.nextPhone();
    for (let at = 0; at < 4; at++) {
      expect((await made.enter(phone, await made.ask(phone))).ok).toBe(true);
    }
    expect(await made.auth.requestCode(requestFor(phone))).toMatchObject({
      reason: "too-many-codes",
    });
  });

  it("is guarded by a limit of a hundred tries an hour from one address", async () => {
    await sql`truncate auth.rate_limits`.execute(db);
    const { asker } = made;
    const from = { phone: made.nextPhone(), asker, address: "192.0.2.7", headers: new Headers() };
    for (let at = 0; at < 100; at++) await made.auth.signIn({ ...from, code: "1" });
    const last = await made.auth.signIn({ ...from, code: "1" });
    expect(last).toMatchObject({ ok: false, reason: "too-many-tries" });
  });
});
