import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { cookiesOf, makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";

let database: TestDatabase;
let db: Kysely<DB>;
let made: ReturnType<typeof makeSignIn>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  made = makeSignIn(database.url);
});
beforeEach(() => sql`truncate auth.rate_limits`.execute(db));
afterAll(async () => {
  await made.pool.end();
  await database.drop();
});

let pages = 0;
/** A stranger opens a fresh page for each code, so that no minute holds him up. */
async function strangerAsks(phone: string, network: number, headers = new Headers()) {
  const from = { phone, asker: `page ${++pages}`, address: `198.51.100.${network}`, headers };
  return (await made.auth.requestCode({ ...from, locale: "zh" })).ok;
}

/** Asks as long as it is let; how many messages the number got. */
async function exhaust(phone: string, network: number): Promise<number> {
  let sent = 0;
  for (let hour = 0; hour < 3; hour++) {
    while (await strangerAsks(phone, network)) sent += 1;
    await sql`update auth.rate_limits set expire = expire - 3600000`.execute(db);
  }
  return sent;
}

/** Signs in, and comes back later with nothing but the cookie that stays after sign-out. */
async function signInBefore(phone: string): Promise<Headers> {
  const { setCookies } = await made.signIn(phone);
  await sql`truncate auth.rate_limits`.execute(db);
  return cookiesOf(setCookies.filter((cookie) => cookie.startsWith("known=")));
}

describe("a stranger who asks for codes for somebody's number", () => {
  it("uses up what his network may ask for, and no more: the owner signs in, on a new phone too", async () => {
    const phone = made.nextPhone();
    expect(await exhaust(phone, 1)).toBe(6);
    expect((await made.enter(phone, await made.ask(phone))).ok).toBe(true);
  });

  it("gets ten codes a day from all networks together: fifty guesses in a million", async () => {
    const phone = made.nextPhone();
    let sent = 0;
    for (let network = 1; network <= 5; network++) sent += await exhaust(phone, network);
    expect(sent).toBe(10);
    await expect(made.ask(phone)).rejects.toThrow("too-many-codes");
  });

  it("never reaches the reserve of a browser that has signed in with the number", async () => {
    const phone = made.nextPhone();
    const hers = await signInBefore(phone);
    for (let network = 1; network <= 3; network++) await exhaust(phone, network);
    await expect(made.ask(phone)).rejects.toThrow("too-many-codes");
    expect((await made.enter(phone, await made.ask(phone, hers), hers)).ok).toBe(true);
  });

  it("loses nothing by what the owner asks for herself, and she nothing by signing out", async () => {
    const phone = made.nextPhone();
    const { headers } = await made.signIn(phone);
    await sql`truncate auth.rate_limits`.execute(db);
    const left = cookiesOf(await made.auth.signOut(headers));
    expect(left.get("cookie")).not.toContain("known=");
    await made.ask(phone, headers);
    expect(await exhaust(phone, 1)).toBe(6);
    expect(await exhaust(phone, 2)).toBe(4);
  });

  it("cannot borrow the reserve with a cookie of his own, a changed one, or another kind of ours", async () => {
    const [phone, his] = [made.nextPhone(), made.nextPhone()];
    const own = await signInBefore(his);
    const good = own.get("cookie") ?? "";
    const asked = made.auth.askedNumber.write({ phone, asker: "a", to: "" }).split(";")[0] ?? "";
    for (let network = 1; network <= 2; network++) await exhaust(phone, network);
    const [payload, signature] = good.replace("known=", "").split(".");
    const forged = Buffer.from(`{"content":["${phone}"],"until":9e15}`).toString("base64url");
    for (const cookie of [
      good,
      `known=${forged}.${signature}`,
      `known=${payload}.`,
      asked.replace(/^asked/, "known"),
      "known=",
    ]) {
      expect(await strangerAsks(phone, 9, new Headers({ cookie }))).toBe(false);
    }
  });
});

describe("the reserve of a known browser", () => {
  it("is five codes an hour and ten a day, whatever browsers of hers ask for them", async () => {
    const phone = made.nextPhone();
    const browsers = [await signInBefore(phone), await signInBefore(phone)];
    let sent = 0;
    for (let hour = 0; hour < 3; hour++) {
      const before = sent;
      for (let at = 0; at < 12; at++) {
        if (await strangerAsks(phone, at, browsers[at % 2])) sent += 1;
      }
      expect(sent - before).toBe([5, 5, 0][hour]);
      await sql`update auth.rate_limits set expire = expire - 3600000`.execute(db);
    }
  });

  it("is there for the last four numbers of a family's phone, and for no number twice", async () => {
    const phones = Array.from({ length: 5 }, () => made.nextPhone());
    let headers = new Headers();
    for (const phone of [...phones, phones[4] ?? ""]) {
      const { setCookies } = await made.signIn(phone, headers);
      headers = cookiesOf(setCookies);
    }
    await sql`truncate auth.rate_limits`.execute(db);
    for (const phone of phones) {
      for (const network of [1, 2, 3]) while (await strangerAsks(phone, network));
    }
    const isLetIn = [];
    for (const phone of phones) isLetIn.push(await strangerAsks(phone, 4, headers));
    expect(isLetIn).toEqual([false, true, true, true, true]);
  });

  it("hangs on a cookie that no script reads and that names no number", async () => {
    const phone = made.nextPhone();
    const { setCookies } = await made.signIn(phone);
    const cookie = setCookies.find((one) => one.startsWith("known=")) ?? "";
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=31536000$/);
    const payload = cookie.slice("known=".length).split(".")[0] ?? "";
    expect(Buffer.from(payload, "base64url").toString()).not.toContain(phone.slice(3));
  });
});
