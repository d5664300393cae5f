import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { makeRegion } from "#tests/factories/people.ts";
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
afterAll(async () => {
  await made.pool.end();
  await database.drop();
});

async function sessionsOf(userId: string) {
  const { rows } = await sql<{ token: string; hours: number; ip: string; agent: string }>`
    select token, round(extract(epoch from "expiresAt" - now()) / 3600)::int as hours,
      "ipAddress" as ip, "userAgent" as agent
    from auth.session where "userId" = ${userId}`.execute(db);
  return rows;
}

const sessionCookie = (setCookies: string[]) => setCookies.find((one) => one.includes("session="));

describe("a session", () => {
  it("gets a new id at each sign-in, and the one before it ends", async () => {
    const phone = made.nextPhone();
    const first = await made.signIn(phone);
    const second = await made.signIn(phone, first.headers);
    expect(second.userId).toBe(first.userId);
    expect(sessionCookie(second.setCookies)).not.toBe(sessionCookie(first.setCookies));
    expect(await made.auth.readSession(first.headers)).toBeNull();
    expect(await made.auth.readSession(second.headers)).toMatchObject({ phone });
    expect(await sessionsOf(first.userId)).toHaveLength(1);
  });

  it("that somebody planted in the browser does not become hers", async () => {
    const attacker = await made.signIn(made.nextPhone());
    const victim = await made.signIn(made.nextPhone(), attacker.headers);
    expect(victim.userId).not.toBe(attacker.userId);
    expect(await made.auth.readSession(attacker.headers)).toBeNull();
  });

  it("keeps neither the network address nor the browser's name", async () => {
    const { userId } = await made.signIn(made.nextPhone());
    expect(await sessionsOf(userId)).toMatchObject([{ ip: "", agent: "" }]);
  });

  it("lasts thirty days for farmers and buyers, and use does not make it longer", async () => {
    const { userId, headers, setCookies } = await made.signIn(made.nextPhone());
    expect(await sessionsOf(userId)).toMatchObject([{ hours: 30 * 24 }]);
    expect(sessionCookie(setCookies)).toMatch(/Max-Age=2592000/);
    await sql`update auth.session set "expiresAt" = now() + interval '2 hours',
      "createdAt" = now() - interval '718 hours' where "userId" = ${userId}`.execute(db);
    expect(await made.auth.readSession(headers)).not.toBeNull();
    expect(await sessionsOf(userId)).toMatchObject([{ hours: 2 }]);
  });

  it("lasts twelve hours for staff", async () => {
    const phone = made.nextPhone();
    const { userId } = await made.signIn(phone);
    const region = await makeRegion(db);
    await db
      .insertInto("officers")
      .values({ id: uuidv7(), user_id: userId, region_code: region })
      .execute();
    const again = await made.signIn(phone, new Headers());
    const hours = (await sessionsOf(again.userId)).map((session) => session.hours);
    expect(hours.sort()).toEqual([12, 720]);
  });

  it("that has run out is no session", async () => {
    const { userId, headers } = await made.signIn(made.nextPhone());
    // In the millisecond of its end it still is one.
    await sql`update auth.session set "expiresAt" = now() - interval '1 second'
      where "userId" = ${userId}`.execute(db);
    expect(await made.auth.readSession(headers)).toBeNull();
  });

  it("ends at sign-out, also for a copy of its cookie", async () => {
    const { headers } = await made.signIn(made.nextPhone());
    const forgotten = await made.auth.signOut(headers);
    expect(forgotten).toEqual([expect.stringMatching(/^session=;.*Max-Age=0/)]);
    expect(await made.auth.readSession(headers)).toBeNull();
    expect(await made.auth.signOut(headers)).toHaveLength(1);
  });

  it("is not given for a forged or altered cookie", async () => {
    const { headers, userId } = await made.signIn(made.nextPhone());
    const [row] = await sessionsOf(userId);
    const good = headers.get("cookie")?.split("; ")[0] ?? "";
    const forged = [
      `session=${row?.token}`,
      `session=${row?.token}.${"A".repeat(43)}%3D`,
      good.replace(/.{6}$/, "AAAAAA"),
      "session=",
      "session=%00",
      `session=${"x".repeat(20_000)}`,
    ];
    for (const cookie of forged) {
      expect(await made.auth.readSession(new Headers({ cookie }))).toBeNull();
    }
    expect(await made.auth.readSession(new Headers())).toBeNull();
    expect(await made.auth.readSession(headers)).not.toBeNull();
  });
});

describe("each cookie of a sign-in", () => {
  it("is HttpOnly and SameSite=Lax", async () => {
    const { setCookies } = await made.signIn(made.nextPhone());
    expect(setCookies).toEqual([
      expect.stringMatching(/^session=/),
      expect.stringMatching(/^known=/),
    ]);
    for (const cookie of setCookies) {
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Lax/);
      expect(cookie).toMatch(/; Path=\//);
      expect(cookie).not.toMatch(/Secure|Domain/);
    }
  });

  it("is Secure and tied to the host where the market is on https", async () => {
    const https = makeSignIn(database.url, "https://market.test");
    const phone = "+8613700000001";
    const { setCookies } = await https.signIn(phone);
    for (const [at, name] of ["session", "known"].entries()) {
      expect(setCookies[at]).toMatch(new RegExp(`^__Host-${name}=.*; Secure`));
      expect(setCookies[at]).not.toMatch(/Domain/);
    }
    const headers = cookiesOf(setCookies);
    expect(await https.auth.readSession(headers)).toMatchObject({ phone });
    expect((await https.auth.signOut(headers))[0]).toMatch(/^__Host-session=;.*Max-Age=0.*Secure/);
    await https.pool.end();
  });
});
