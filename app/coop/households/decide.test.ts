import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPublicHousehold } from "#app/domain/households/read-public-household.ts";
import { readOwnApplication } from "#app/domain/joining/read-own-application.ts";
import { makeApplication, registerCodeOf } from "#tests/factories/joining.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { action as decide, loader as open } from "./application.tsx";
import { action as removePhone } from "./household.tsx";

let database: TestDatabase;
let signIn: ReturnType<typeof makeSignIn>;
let headers: Headers;
let cooperative: Awaited<ReturnType<typeof makeCooperative>>;
let household: Awaited<ReturnType<typeof makeHousehold>>;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  signIn = makeSignIn(database.url);
  cooperative = await makeCooperative(db);
  household = await makeHousehold(db, { cooperative });
  const manager = await signIn.signIn(signIn.nextPhone());
  headers = manager.headers;
  const member = { id: uuidv7(), cooperative_id: cooperative.id, user_id: manager.userId };
  await db
    .insertInto("cooperative_members")
    .values({ ...member, role: "manager" })
    .execute();
});
afterAll(async () => {
  await signIn.pool.end();
  await database.drop();
});

type Door = (args: ActionFunctionArgs) => unknown;
type Answer = { status: number; to: string | null; data: Record<string, unknown> };

async function at(
  door: Door,
  params: Record<string, string>,
  body?: Record<string, string>,
): Promise<Answer> {
  const context = { db: database.db, auth: signIn.auth, locale: "zh" };
  const sent = body && { method: "POST", body: new URLSearchParams(body) };
  const request = new Request("http://market.test/coop/households", { headers, ...sent });
  const args = { request, context, params } as unknown as ActionFunctionArgs;
  const given = await Promise.resolve(door(args)).catch((thrown: unknown) => thrown);
  if (given instanceof Response) {
    return { status: given.status, to: given.headers.get("location"), data: {} };
  }
  const { data = given, init } = given as { data?: unknown; init?: { status?: number } };
  return { status: init?.status ?? 200, to: null, data: data as Answer["data"] };
}

const APPROVED = { status: 303, to: "/coop/households?done=approved" };
const stateOf = async (person: { userId: string }) =>
  (await readOwnApplication(database.db, person))?.state;

test("a manager approves by one button, however often it is tapped, and takes the phone off again", async () => {
  const { db } = database;
  const registerCode = await registerCodeOf(db, household);
  const { applicationId, ...person } = await makeApplication(db, cooperative.id, { registerCode });
  const join = { what: "join", householdId: household.id };
  const twice = await Promise.all([1, 2].map(() => at(decide, { applicationId }, join)));
  expect(twice).toMatchObject([APPROVED, APPROVED]);
  const members = db.selectFrom("household_members").select(["id", "relation", "ended_at"]);
  const hers = members.where("user_id", "=", person.userId);
  const [member] = await hers.execute();
  expect(member).toMatchObject({ relation: "child", ended_at: null });
  const { id: memberId = "" } = member ?? {};
  const householdId = household.id;
  const removed = { status: 303, to: `/coop/households/${householdId}?done=removed` };
  for (const _ of [1, 2])
    expect(await at(removePhone, { householdId }, { memberId })).toMatchObject(removed);
  for (const nobody of ["", "x'", uuidv7()])
    expect(await at(removePhone, { householdId }, { memberId: nobody })).toMatchObject({
      status: 404,
    });
  expect(await hers.execute()).toMatchObject([{ ended_at: expect.any(Date) }]);
});

test("a household is opened with what the manager mended; nothing wrong is kept, and nothing typed lost", async () => {
  const { db } = database;
  const { applicationId, ...person } = await makeApplication(db, cooperative.id);
  const { data } = await at(open, { applicationId });
  const { match } = data.page as {
    match: { name: Record<string, string>; programmes: { id: string }[] };
  };
  const good = {
    ...{
      what: "open",
      headName: "曲比阿妹",
      ...match.name,
      programmeId: match.programmes[0]?.id ?? "",
    },
    ...{ familyZh: "曲比", familyEn: "Qubi" },
  };
  for (const [field, typed, error] of [
    ["familyZh", "曲比阿妹", "wholeName"],
    ["familyEn", "Qubi Amei", "wholeName"],
    ["familyEn", "曲比", "latin"],
    ["villageZh", "", "required"],
    ["villageZh", "<script>alert(1)</script>", "invalid"],
    ["villageEn", "树河", "latin"],
    ["headName", "", "required"],
    ["headName", "1", "name"],
    ["programmeId", "", "choose"],
    ["programmeId", "'; drop table households; --", "choose"],
  ] as const) {
    const answer = await at(decide, { applicationId }, { ...good, [field]: typed });
    expect(answer.status, `${field}: ${typed}`).toBe(422);
    expect(answer.data.errors).toEqual({ [field]: error });
    expect(answer.data.values).toMatchObject({ ...good, [field]: typed });
  }
  const values = { ...good, programmeId: uuidv7() };
  const unknown = await at(decide, { applicationId }, values);
  expect(unknown).toMatchObject({ status: 409, data: { problem: "no-programme", values } });
  expect(await stateOf(person)).toBe("open");
  expect(await at(decide, { applicationId }, good)).toMatchObject(APPROVED);
  expect(await at(decide, { applicationId }, good)).toMatchObject(APPROVED);
  const opened = db.selectFrom("households").selectAll().where("head_name", "=", "曲比阿妹");
  const [row, ...more] = await opened.execute();
  expect(more).toEqual([]);
  // Nothing of hers is on the market: the public does not hear that the household is registered.
  expect(await readPublicHousehold(db, "zh", row?.page_name ?? "")).toBeNull();
  expect(row?.page_name).toMatch(/^qubi-family-shuhe-[2-9a-z]{4}$/);
});

test("a refusal wants a reason; who has taken hers back is not refused; what is no decision is none", async () => {
  const { db } = database;
  const { applicationId, ...person } = await makeApplication(db, cooperative.id);
  for (const [reason, error] of [
    ["", "required"],
    ["  ", "required"],
    ["字".repeat(201), "tooLong"],
  ] as const) {
    const answer = await at(decide, { applicationId }, { what: "refuse", reason });
    expect(answer).toMatchObject({ status: 422, data: { errors: { reason: error } } });
  }
  for (const body of [{}, { what: "let-her-in" }, { what: "join", householdId: "x" }]) {
    expect((await at(decide, { applicationId }, body as Record<string, string>)).status).toBe(400);
  }
  expect(await stateOf(person)).toBe("open");
  const refuse = { what: "refuse", reason: "查无此户" };
  const refused = { status: 303, to: "/coop/households?done=refused" };
  expect(await at(decide, { applicationId }, refuse)).toMatchObject(refused);
  expect(await stateOf(person)).toBe("refused");
  // What she typed is shown no longer than it was needed.
  const { data } = await at(open, { applicationId });
  expect(JSON.stringify(data)).not.toContain("曲比");
});
