import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeManager, typedTo } from "#tests/factories/joining.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { refuseApplication } from "../../domain/joining/decide-application.ts";
import { action, loader } from "./page.tsx";
import { action as takeBack } from "./withdrawal.ts";

let database: TestDatabase;
let signIn: ReturnType<typeof makeSignIn>;
beforeAll(async () => {
  database = await createTestDatabase();
  signIn = makeSignIn(database.url);
});
afterAll(async () => {
  await signIn.pool.end();
  await database.drop();
});

type Door = (args: ActionFunctionArgs) => unknown;
type Answer = { status: number; to: string | null; data: Record<string, unknown> };

/** What somebody is answered at a door: by a redirect, an error, or data with its status. */
async function at(door: Door, headers: Headers, body?: Record<string, string>): Promise<Answer> {
  const cookies: string[] = [];
  const context = {
    ...{ db: database.db, auth: signIn.auth, locale: "zh", publicUrl: "http://market.test" },
    setCookie: (cookie: string) => cookies.push(cookie),
  };
  const sent = body && { method: "POST", body: new URLSearchParams(body) };
  const request = new Request("http://market.test/join", { headers, ...sent });
  const args = { request, context, params: {} } as unknown as ActionFunctionArgs;
  const given = await Promise.resolve(door(args)).catch((thrown: unknown) => thrown);
  if (given instanceof Response) {
    return { status: given.status, to: given.headers.get("location"), data: {} };
  }
  const { data = given, init } = given as { data?: unknown; init?: { status?: number } };
  return { status: init?.status ?? 200, to: null, data: data as Answer["data"] };
}

/** The form as a browser sends it. */
function formTo(cooperativeId: string, typed: Record<string, string> = {}) {
  const { locale: _, helperName, ...fields } = typedTo(cooperativeId);
  return { ...fields, helperName: helperName ?? "", ...typed };
}

test("a stranger is led to sign in; what she sends signed out is answered so that she can send it again", async () => {
  const { scope } = await makeManager(database.db);
  const nobody = new Headers();
  expect(await at(loader, nobody)).toMatchObject({ status: 303, to: "/sign-in?to=%2Fjoin" });
  for (const door of [action, takeBack]) {
    expect(await at(door, nobody, formTo(scope.cooperativeId))).toMatchObject({ status: 401 });
  }
});

test("an application goes out once, is seen by her alone, and comes back filled when it was refused", async () => {
  const { db } = database;
  const { scope, cooperative } = await makeManager(db);
  const hers = (await signIn.signIn(signIn.nextPhone())).headers;
  const others = (await signIn.signIn(signIn.nextPhone())).headers;
  const form = formTo(cooperative.id, { helperName: " " });
  const sent = { status: 303, to: "/join?done=sent" };
  const together = await Promise.all([at(action, hers, form), at(action, hers, form)]);
  expect([...together, await at(action, hers, form)]).toMatchObject([sent, sent, sent]);
  const { data } = await at(loader, hers);
  const kept = { registerCode: form.registerCode, headName: form.headName };
  expect(data.last).toMatchObject({ state: "open", ...kept, helperName: null });
  expect((await at(loader, others)).data.last).toBeNull();
  const another = await at(action, hers, formTo(cooperative.id));
  expect(another).toMatchObject({ status: 409, data: { problem: "open-already" } });

  const { id: applicationId } = await db
    .selectFrom("household_applications")
    .select("id")
    .where("cooperative_id", "=", cooperative.id)
    .executeTakeFirstOrThrow();
  await refuseApplication(db, scope, { applicationId, reason: "户编号少一位" });
  expect((await at(takeBack, hers, {})).to).toBe("/join?done=notOpen");
  const refused = await at(loader, hers);
  expect(refused.data.last).toMatchObject({ state: "refused", reason: "户编号少一位", ...kept });
  expect((await at(action, hers, formTo(cooperative.id))).to).toBe("/join?done=sent");
  expect((await at(takeBack, hers, {})).to).toBe("/join?done=takenBack");
});

test("a form that has sent another application, or one she took back, comes back whole, and goes out when it is sent again", async () => {
  const { scope, cooperative } = await makeManager(database.db);
  const hers = (await signIn.signIn(signIn.nextPhone())).headers;
  const form = formTo(cooperative.id);
  const sent = { status: 303, to: "/join?done=sent" };
  expect(await at(action, hers, form)).toMatchObject(sent);
  const other = { ...form, village: "盐井村" };
  // While that is open no other can be.
  const open = { status: 409, data: { problem: "open-already", before: null, values: other } };
  expect(await at(action, hers, other)).toMatchObject(open);
  const { id: applicationId } = await database.db
    .selectFrom("household_applications")
    .select("id")
    .where("cooperative_id", "=", cooperative.id)
    .executeTakeFirstOrThrow();
  await refuseApplication(database.db, scope, { applicationId, reason: "村名不对" });
  expect(await at(action, hers, form)).toMatchObject(sent);
  const { headName, registerCode } = form;
  const used = { status: 409, data: { before: { headName, registerCode }, values: other } };
  expect(await at(action, hers, other)).toMatchObject(used);
  expect((await at(loader, hers)).data.last).toMatchObject({ state: "refused" });
  const again = { ...other, clientKey: uuidv7() };
  expect(await at(action, hers, again)).toMatchObject(sent);
  expect((await at(loader, hers)).data.last).toMatchObject({ state: "open", village: "盐井村" });
  await at(takeBack, hers, {});
  expect(await at(action, hers, again)).toMatchObject({ status: 409, data: { values: again } });
});

test("whatever is wrong is said beside its field, and all that was typed comes back", async () => {
  const { cooperative } = await makeManager(database.db);
  const { headers } = await signIn.signIn(signIn.nextPhone());
  const long = "田".repeat(10_000);
  for (const [field, typed, error] of [
    ["cooperativeId", "", "choose"],
    ["cooperativeId", uuidv7(), "choose"],
    ["cooperativeId", "'; drop table households; --", "choose"],
    ["registerCode", "", "required"],
    ["registerCode", "513", "registerCode"],
    ["registerCode", "<script>alert(1)</script>", "registerCode"],
    ["headName", " \u200b ", "required"],
    ["headName", "13800138000", "name"],
    ["headName", long, "tooLong"],
    ["village", '"><img src=x onerror=alert(1)>', "place"],
    ["helperName", "🍎", "name"],
    ["relation", "", "choose"],
    ["relation", "__proto__", "choose"],
    ["clientKey", "x", "invalid"],
  ] as const) {
    const form = formTo(cooperative.id, { [field]: typed });
    const answer = await at(action, headers, form);
    const { clientKey: _, ...kept } = form;
    expect(answer.status, `${field}: ${typed.slice(0, 20)}`).toBe(422);
    expect(answer.data.errors).toEqual({ [field]: error });
    expect(answer.data.values).toMatchObject({ ...kept, [field]: typed });
  }
  expect((await at(loader, headers)).data.last).toBeNull();
});

test("the language changes without anything that was typed being lost, or sent", async () => {
  const { cooperative } = await makeManager(database.db);
  const { headers } = await signIn.signIn(signIn.nextPhone());
  const form = formTo(cooperative.id, { registerCode: "5" });
  const answer = await at(action, headers, { ...form, locale: "en" });
  expect(answer).toMatchObject({ status: 200, data: { values: form, errors: {} } });
  expect((await at(loader, headers)).data.last).toBeNull();
});

test("who farms for a household sends nothing more", async () => {
  const { db } = database;
  const household = await makeHousehold(db);
  const { userId: user_id, headers } = await signIn.signIn(signIn.nextPhone());
  const member = { id: uuidv7(), household_id: household.id, user_id };
  await db.insertInto("household_members").values(member).execute();
  expect((await at(loader, headers)).data).toMatchObject({ isFarming: true, last: null });
  const answer = await at(action, headers, formTo(household.cooperativeId));
  expect(answer).toMatchObject({ status: 409, data: { problem: "farms-already" } });
});
