import type { AppLoadContext } from "@remix-run/server-runtime";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import type { DB } from "#db/schema.d.ts";
import { consentState, makeAsked, readAsked } from "#tests/factories/consents.ts";
import { type MadeHousehold, makeHousehold } from "#tests/factories/people.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { send } from "#tests/setup/gate.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { loader as home } from "../page.tsx";
import * as link from "./link.tsx";
import * as own from "./own.ts";

const publicUrl = "http://market.test";
let database: TestDatabase;
let db: Kysely<DB>;
let signIn: ReturnType<typeof makeSignIn>;
let line: Awaited<ReturnType<typeof serveRoutes>>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  signIn = makeSignIn(database.url);
  const context = { db, publicUrl, auth: signIn.auth, log: createLogger("test", "silent") };
  const routes = { "farm/consents/:listingId": own, "consent/:token": link };
  line = await serveRoutes(routes, context as unknown as Services);
});
afterAll(async () => {
  await line.close();
  await signIn.pool.end();
  await database.drop();
});

async function signInMember({ id }: MadeHousehold): Promise<string> {
  const { userId, headers } = await signIn.signIn(signIn.nextPhone());
  const member = { id: uuidv7(), household_id: id, user_id: userId };
  await db.insertInto("household_members").values(member).execute();
  return headers.get("cookie") ?? "";
}

const ours = { host: "market.test", origin: publicUrl };

async function press(path: string, answer: string, headers: Record<string, string>) {
  const answered = await send(`http://127.0.0.1:${line.port}${path}`, {
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams({ answer }).toString(),
  });
  return `${answered.status} ${answered.headers.location ?? ""}`.trim();
}

const pressOwn = (cookie: string, listingId: string, answer: string) =>
  press(`/farm/consents/${listingId}`, answer, { ...ours, cookie });

test("a member answers in her own list, once, and is told what stands", async () => {
  const household = await makeHousehold(db);
  const cookie = await signInMember(household);
  const { listingId } = await makeAsked(db, { household });
  const list = "303 /farm/listings?consent=";
  expect(await pressOwn(cookie, listingId, "refused")).toBe(`${list}refused`);
  expect(await pressOwn(cookie, listingId, "refused")).toBe(`${list}refused`);
  expect(await pressOwn(cookie, listingId, "agreed")).toBe(`${list}over-refused`);
  expect(await consentState(db, listingId)).toBe("refused account draft");
  const next = await makeAsked(db, { household });
  expect(await pressOwn(cookie, next.listingId, "agreed")).toBe(`${list}agreed`);
  expect(await consentState(db, next.listingId)).toBe("agreed account published");
});

test("her home says how many questions wait for her, and her neighbour's does not", async () => {
  const household = await makeHousehold(db);
  const cookie = await signInMember(household);
  const countFor = async (by: string) => {
    const request = new Request(`${publicUrl}/farm`, { headers: { cookie: by } });
    const context = { db, auth: signIn.auth, locale: "zh" } as unknown as AppLoadContext;
    return (await home({ request, context, params: {} })).asked;
  };
  expect(await countFor(cookie)).toBe(0);
  const { listingId } = await makeAsked(db, { household });
  expect(await countFor(cookie)).toBe(1);
  expect(await countFor(await signInMember(await makeHousehold(db)))).toBe(0);
  await pressOwn(cookie, listingId, "refused");
  expect(await countFor(cookie)).toBe(0);
});

test("another household, a manager and whoever is not signed in answer nothing", async () => {
  const household = await makeHousehold(db);
  await signInMember(household);
  const { listingId } = await makeAsked(db, { household });
  const neighbour = await signInMember(await makeHousehold(db));
  expect(await pressOwn(neighbour, listingId, "agreed")).toBe("404");
  expect(await pressOwn(neighbour, "no-id", "agreed")).toBe("404");
  const manager = await signIn.signIn(signIn.nextPhone());
  const member = { id: uuidv7(), cooperative_id: household.cooperativeId };
  await db
    .insertInto("cooperative_members")
    .values({ ...member, user_id: manager.userId, role: "manager" })
    .execute();
  const cookie = manager.headers.get("cookie") ?? "";
  expect(await pressOwn(cookie, listingId, "agreed")).toBe("403");
  expect(await pressOwn("", listingId, "agreed")).toBe("401");
  expect(await consentState(db, listingId)).toBe("draft");
});

describe("the link in the message", () => {
  const open = async (path: string, method = "GET") =>
    (await send(`http://127.0.0.1:${line.port}${path}`, { method })).status;
  const asked = async () => {
    const { listingId } = await makeAsked(db);
    return { listingId, ...(await readAsked(db, listingId)) };
  };

  test("answers nothing by being opened, previewed or posted to from elsewhere", async () => {
    const { listingId, token } = await asked();
    const path = `/consent/${token}`;
    for (const method of ["GET", "HEAD", "GET"]) {
      expect(await open(path, method)).toBe(200);
      expect(await open(`${path}?answer=agreed`, method)).toBe(200);
    }
    for (const from of [{}, { origin: "https://evil.test" }] as Record<string, string>[]) {
      expect(await press(path, "agreed", from)).toBe("403");
    }
    expect(await press(path, "expired", ours)).toBe("400");
    expect(await consentState(db, listingId)).toBe("draft");
  });

  test("works on any phone, nobody signed in, and the first answer stands", async () => {
    const { listingId, token } = await asked();
    const path = `/consent/${token}`;
    expect(await press(path, "refused", ours)).toBe(`303 ${path}`);
    expect(await press(path, "agreed", { ...ours, "user-agent": "another" })).toBe(`303 ${path}`);
    expect(await consentState(db, listingId)).toBe("refused link draft");
    expect(await open(path)).toBe(200);
  });

  test("guessed, cut off or made of the listing's id is none", async () => {
    const { listingId, token } = await asked();
    const guesses = ["A".repeat(22), token.slice(0, -1), `${token}A`, listingId, "%00", "x"];
    for (const guess of guesses) {
      expect(await open(`/consent/${guess}`)).toBe(404);
      expect(await press(`/consent/${guess}`, "agreed", ours)).toBe("404");
    }
    expect(await consentState(db, listingId)).toBe("draft");
  });
});
