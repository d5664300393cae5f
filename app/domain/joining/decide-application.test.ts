import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { givePhone } from "#tests/factories/consents.ts";
import {
  makeApplication,
  makeManager,
  makePerson,
  registerCodeOf,
  typedTo,
} from "#tests/factories/joining.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readRoles } from "../people/read-roles.ts";
import { applyToJoin, takeBackApplication } from "./apply-to-join.ts";
import { refuseApplication } from "./decide-application.ts";
import { joinHousehold } from "./join-household.ts";
import { countApplications, readApplication, readApplications } from "./read-applications.ts";
import { readOwnApplication } from "./read-own-application.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const farming = (userId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`farms-for:${userId}`}, 0))`;

/** A manager, one of her households, and somebody who applied to farm for it. */
async function applied() {
  const { db } = database;
  const { cooperative, scope } = await makeManager(db);
  const household = await makeHousehold(db, { cooperative });
  const registerCode = await registerCodeOf(db, household);
  const made = await makeApplication(db, cooperative.id, { registerCode });
  return { cooperative, scope, household, registerCode, ...made };
}

const told = async ({ userId }: { userId: string }) =>
  database.db
    .selectFrom("messages")
    .select(["template", "locale"])
    .where("user_id", "=", userId)
    .execute();
const householdOf = async ({ userId }: { userId: string }) =>
  (await readRoles(database.db, userId)).household?.householdId ?? null;

describe("an application for a household that the cooperative has", () => {
  test("is seen beside it, and approved: her phone farms for it, and all who should be told are", async () => {
    const { db } = database;
    const { scope, household, applicationId, registerCode, ...person } = await applied();
    await givePhone(db, household);
    expect(await countApplications(db, scope)).toBe(1);
    expect(await readApplications(db, scope)).toMatchObject([
      { id: applicationId, registerCode, phone: person.phone, isMine: false },
    ]);
    expect(await readApplication(db, scope, applicationId)).toMatchObject({
      isOpen: true,
      match: { kind: "own", household: { id: household.id, phones: 1, helperName: null } },
    });
    const approve = () => joinHousehold(db, scope, { applicationId, householdId: household.id });
    const approved = { ok: true, householdId: household.id };
    expect([await approve(), await approve()]).toEqual([approved, approved]);
    expect(await householdOf(person)).toBe(household.id);
    expect(await told(person)).toEqual([{ template: "join.approved", locale: "zh" }]);
    const others = db.selectFrom("messages").select("template");
    expect(await others.where("household_id", "=", household.id).execute()).toEqual([
      { template: "join.another-phone" },
    ]);
    expect(await readApplications(db, scope)).toEqual([]);
    expect(await readApplication(db, scope, applicationId)).toMatchObject({
      ...{ isOpen: false, state: "approved", householdId: household.id },
    });
    const kept = db.selectFrom("households").select("helper_name").where("id", "=", household.id);
    expect(await kept.executeTakeFirst()).toEqual({ helper_name: "王干部" });
  });

  test("is decided once, also when two managers decide at the same moment", async () => {
    const { db } = database;
    const { cooperative, scope, household, applicationId, ...person } = await applied();
    const other = await makeManager(db, cooperative);
    const answers = await raceBehind(db, farming(person.userId), 2, [
      () => joinHousehold(db, scope, { applicationId, householdId: household.id }),
      () => refuseApplication(db, other.scope, { applicationId, reason: "查无此户" }),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, reason: "decided-already" });
    expect(await told(person)).toHaveLength(1);
    const isApproved = answers[0]?.ok === true;
    expect(await householdOf(person)).toBe(isApproved ? household.id : null);
    expect((await readOwnApplication(db, person))?.state).toBe(isApproved ? "approved" : "refused");
    const acts = db.selectFrom("audit_log").select(["before", "after"]);
    const decided = acts
      .where("subject_id", "=", applicationId)
      .where("action", "like", "household.application-%");
    const state = isApproved ? "approved" : "refused";
    const householdId = isApproved ? household.id : null;
    expect(await decided.execute()).toEqual([
      { before: { state: "open" }, after: { state, householdId } },
    ]);
  });

  test("is approved or taken back, never both", async () => {
    const { db } = database;
    const { scope, household, applicationId, ...person } = await applied();
    const [decided, isTaken] = await raceBehind<unknown>(db, farming(person.userId), 2, [
      () => joinHousehold(db, scope, { applicationId, householdId: household.id }),
      () => takeBackApplication(db, person),
    ]);
    expect(decided).toMatchObject({ ok: !isTaken });
    expect(await householdOf(person)).toBe(isTaken ? null : household.id);
  });

  test("is refused with a reason that she reads, and may be made anew", async () => {
    const { db } = database;
    const { scope, applicationId, registerCode, ...person } = await applied();
    const refuse = () => refuseApplication(db, scope, { applicationId, reason: "户编号少一位" });
    expect([await refuse(), await refuse()]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await readOwnApplication(db, person)).toMatchObject({
      ...{ state: "refused", reason: "户编号少一位", registerCode },
    });
    expect(await told(person)).toEqual([{ template: "join.refused", locale: "zh" }]);
    const again = typedTo(scope.cooperativeId, { registerCode });
    expect(await applyToJoin(db, person, again)).toMatchObject({ ok: true, isNew: true });
  });

  test("is not approved into another household, by herself, by another cooperative, nor when she farms elsewhere", async () => {
    const { db } = database;
    const { cooperative, scope, household, applicationId, ...person } = await applied();
    const others = await makeHousehold(db, { cooperative });
    const join = (by: typeof scope, householdId = household.id) =>
      joinHousehold(db, by, { applicationId, householdId });
    const refused = (reason: string) => ({ ok: false, reason });
    expect(await join(scope, others.id)).toEqual(refused("household-changed"));
    const herself = coopScope({ userId: person.userId, cooperativeId: cooperative.id });
    expect(await join(herself)).toEqual(refused("own-application"));
    const stranger = (await makeManager(db)).scope;
    expect(await join(stranger)).toEqual(refused("application-not-found"));
    expect(await readApplication(db, stranger, applicationId)).toBeNull();
    expect(await readApplication(db, scope, "x'")).toBeNull();
    await sql`insert into household_members (id, household_id, user_id)
      values (gen_random_uuid(), ${others.id}, ${person.userId})`.execute(db);
    expect(await join(scope)).toEqual(refused("farms-already"));
    expect(await told(person)).toEqual([]);
    expect(await readApplication(db, scope, applicationId)).toMatchObject({ isOpen: true });
  });
});

test("nobody is let in for whom nobody applied", async () => {
  const { db } = database;
  const { scope } = await makeManager(db);
  await makePerson(db);
  for (const applicationId of ["x'", "018f0000-0000-7000-8000-000000000000"]) {
    expect(await refuseApplication(db, scope, { applicationId, reason: "无" })).toEqual({
      ...{ ok: false, reason: "application-not-found" },
    });
  }
});
