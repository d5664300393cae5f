import type { AppLoadContext } from "@remix-run/server-runtime";
import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { makeHousehold, makeRegion } from "#tests/factories/people.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import {
  buyerOf,
  coopRights,
  currentUser,
  requireCoop,
  requireHousehold,
  requireOfficer,
  requireOperator,
  requireUser,
} from "./guards.ts";

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

/** A request with a context of its own, as each one has. */
function asked(headers: Headers, path = "/farm?month=11", method = "GET") {
  const request = new Request(`http://market.test${path}`, { headers, method });
  const context = { db, auth: made.auth, visitorId: "visitor" } as AppLoadContext;
  return [request, context] as const;
}

const guards = {
  requireHousehold,
  requireCoop: (request: Request, context: AppLoadContext) => requireCoop(request, context, null),
  requireOfficer,
  requireOperator,
};
type Guard = keyof typeof guards;

/** What a guard throws at a request: a status and where it leads. */
async function thrownBy(guard: Guard, headers: Headers, path?: string, method?: string) {
  const thrown = await guards[guard](...asked(headers, path, method)).then(
    () => null,
    (response: Response) => response,
  );
  return thrown && { status: thrown.status, to: thrown.headers.get("location") };
}

const add: Record<Guard, (userId: string) => Promise<unknown>> = {
  requireHousehold: async (user_id) => {
    const { id: household_id } = await makeHousehold(db);
    await db
      .insertInto("household_members")
      .values({ id: uuidv7(), household_id, user_id })
      .execute();
  },
  requireCoop: async (user_id) => {
    const { cooperativeId: cooperative_id } = await makeHousehold(db);
    const member = { id: uuidv7(), cooperative_id, user_id, role: "manager" };
    await db.insertInto("cooperative_members").values(member).execute();
  },
  requireOfficer: async (user_id) => {
    const region_code = await makeRegion(db);
    await db.insertInto("officers").values({ id: uuidv7(), user_id, region_code }).execute();
  },
  requireOperator: (user_id) =>
    db.insertInto("operators").values({ id: uuidv7(), user_id }).execute(),
};

describe.each(Object.keys(guards) as Guard[])("%s", (guard) => {
  it("leads whoever is signed out to sign in and come back", async () => {
    const to = "/sign-in?to=%2Ffarm%3Fmonth%3D11";
    expect(await thrownBy(guard, new Headers())).toEqual({ status: 303, to });
    const forged = new Headers({ cookie: "session=abc.def" });
    expect(await thrownBy(guard, forged)).toEqual({ status: 303, to });
    // No redirect could carry what a form holds.
    expect(await thrownBy(guard, forged, "/farm", "POST")).toMatchObject({ status: 401 });
  });

  it("answers 403 to whoever has none of the roles, or only the other ones", async () => {
    const { userId, headers } = await made.signIn(made.nextPhone());
    expect(await thrownBy(guard, headers)).toEqual({ status: 403, to: null });
    for (const other of Object.keys(guards) as Guard[])
      if (other !== guard) await add[other](userId);
    expect(await thrownBy(guard, headers)).toEqual({ status: 403, to: null });
    await add[guard](userId);
    expect(await thrownBy(guard, headers)).toBeNull();
  });
});

describe("a scope", () => {
  it("names the household and cooperative of the member, and nobody else's", async () => {
    const [mine] = [await makeHousehold(db), await makeHousehold(db)];
    const { userId, headers } = await made.signIn(made.nextPhone());
    const member = { id: uuidv7(), household_id: mine.id, user_id: userId };
    await db.insertInto("household_members").values(member).execute();
    expect(await requireHousehold(...asked(headers))).toEqual({
      userId,
      householdId: mine.id,
      cooperativeId: mine.cooperativeId,
    });
  });

  it("of a household is told things in the language that its farmer used last", async () => {
    const { id: household_id } = await makeHousehold(db);
    const { userId, headers } = await made.signIn(made.nextPhone());
    const member = { id: uuidv7(), household_id, user_id: userId };
    await db.insertInto("household_members").values(member).execute();
    const [request, context] = asked(headers);
    for (const locale of ["en", "zh"] as const) {
      await requireHousehold(request, { ...context, locale });
      const kept = db.selectFrom("household_members").where("user_id", "=", userId);
      expect(await kept.select("locale").executeTakeFirst()).toEqual({ locale });
    }
  });

  it("of a cooperative has the rights of her role there, until she has left", async () => {
    const { cooperativeId: cooperative_id } = await makeHousehold(db);
    const rights = ["pack", "money", "sell", "people"] as const;
    for (const [role, hers] of [
      ["manager", rights],
      ["packer", ["pack"]],
      ["bookkeeper", ["money"]],
    ] as const) {
      const { userId: user_id, headers } = await made.signIn(made.nextPhone());
      const member = { id: uuidv7(), cooperative_id, user_id, role };
      await db.insertInto("cooperative_members").values(member).execute();
      const given: string[] = [];
      for (const right of rights) {
        const scope = await requireCoop(...asked(headers), right).catch(() => null);
        if (scope) given.push(right);
      }
      expect(given).toEqual(hers);
      expect(await coopRights(...asked(headers))).toEqual(hers);
      const gone = db.updateTable("cooperative_members").set({ ended_at: new Date() });
      await gone.where("id", "=", member.id).execute();
      expect(await thrownBy("requireCoop", headers)).toEqual({ status: 403, to: null });
      expect(await coopRights(...asked(headers))).toEqual([]);
    }
  });

  it("of a buyer needs no sign-in", async () => {
    expect(await buyerOf(...asked(new Headers()))).toEqual({ userId: null, visitorId: "visitor" });
    const { userId, headers } = await made.signIn(made.nextPhone());
    expect(await buyerOf(...asked(headers))).toEqual({ userId, visitorId: "visitor" });
  });
});

describe("the signed-in person", () => {
  it("is asked for once in a request, by the header and the page alike", async () => {
    const { headers } = await made.signIn(made.nextPhone());
    const [request, context] = asked(headers);
    const both = [currentUser(request, context), requireUser(request, context)];
    expect(await both[0]).toBe(await both[1]);
  });

  it("who became staff after she signed in must sign in again after twelve hours", async () => {
    const { userId, headers } = await made.signIn(made.nextPhone());
    const agedBy = (hours: number) =>
      sql`update auth.session set "createdAt" = now() - make_interval(hours => ${hours})
        where "userId" = ${userId}`.execute(db);
    await agedBy(13);
    expect(await currentUser(...asked(headers))).not.toBeNull();
    await add.requireOfficer(userId);
    expect(await currentUser(...asked(headers))).toBeNull();
    await agedBy(11);
    expect(await currentUser(...asked(headers))).not.toBeNull();
  });
});
