import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeApplication, makeManager, makePerson, typedTo } from "#tests/factories/joining.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { applyToJoin, takeBackApplication } from "./apply-to-join.ts";
import { refuseApplication } from "./decide-application.ts";
import { MOST_APPLICATIONS_A_DAY, readName, readPlace, readRegisterCode } from "./join-rule.ts";
import { readOwnApplication } from "./read-own-application.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const farming = (userId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`farms-for:${userId}`}, 0))`;

describe("whoever applies to farm for a household", () => {
  test("has one application by a form, however often it is sent, and sees what she wrote", async () => {
    const { db } = database;
    const [person, { id }] = [await makePerson(db), await makeCooperative(db)];
    const typed = typedTo(id, { helperName: null });
    const first = await applyToJoin(db, person, typed);
    const again = await applyToJoin(db, person, typed);
    expect([first, again]).toMatchObject([{ isNew: true }, { isNew: false }]);
    expect(await readOwnApplication(db, person)).toMatchObject({
      ...{ state: "open", registerCode: typed.registerCode, headName: "曲比阿妹" },
      ...{ village: "树河镇", helperName: null, relation: "child", reason: null },
    });
    expect(await readOwnApplication(db, await makePerson(db))).toBeNull();
  });

  test("has one that waits at a time, also when she sends two at once", async () => {
    const { db } = database;
    const [person, one, two] = [
      ...[await makePerson(db), await makeCooperative(db), await makeCooperative(db)],
    ] as const;
    const answers = await raceBehind(db, farming(person.userId), 2, [
      () => applyToJoin(db, person, typedTo(one.id)),
      () => applyToJoin(db, person, typedTo(two.id)),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, reason: "open-already" });
  });

  test("hears the same of a register code that there is as of one that nobody has", async () => {
    const { db } = database;
    const { cooperativeId, id } = await makeHousehold(db);
    const { register_code } = await db
      .selectFrom("households")
      .select("register_code")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const answers = [];
    for (const registerCode of [register_code, "NOBODYS-1"]) {
      const person = await makePerson(db);
      const applied = await applyToJoin(db, person, typedTo(cooperativeId, { registerCode }));
      const {
        sentAt: _,
        registerCode: __,
        ...seen
      } = (await readOwnApplication(db, person)) ?? {
        ...{ sentAt: null, registerCode: null },
      };
      answers.push({ ...applied, applicationId: null, seen });
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  test("takes it back, tries again, and not more than five times a day", async () => {
    const { db } = database;
    const [person, { id }] = [await makePerson(db), await makeCooperative(db)];
    for (let tries = 0; tries < MOST_APPLICATIONS_A_DAY; tries++) {
      expect(await applyToJoin(db, person, typedTo(id))).toMatchObject({ ok: true });
      expect(await takeBackApplication(db, person)).toBe(true);
    }
    expect(await takeBackApplication(db, person)).toBe(false);
    expect(await readOwnApplication(db, person)).toMatchObject({ state: "taken-back" });
    const refused = { ok: false, reason: "too-many" };
    expect(await applyToJoin(db, person, typedTo(id))).toEqual(refused);
    const tomorrow = new Date(Date.now() + 24 * 60 * 60_000 + 1_000);
    expect(await applyToJoin(db, person, { ...typedTo(id), now: tomorrow })).toMatchObject({
      ok: true,
    });
  });

  test("does not while she farms for one, nor to a cooperative that is none", async () => {
    const { db } = database;
    const [person, household] = [await makePerson(db), await makeHousehold(db)];
    expect(await applyToJoin(db, person, typedTo(uuidv7()))).toEqual({
      ...{ ok: false, reason: "cooperative-unknown" },
    });
    const member = { id: uuidv7(), household_id: household.id, user_id: person.userId };
    await db.insertInto("household_members").values(member).execute();
    const refused = { ok: false, reason: "farms-already" };
    expect(await applyToJoin(db, person, typedTo(household.cooperativeId))).toEqual(refused);
  });

  test("takes it back or is decided on, never both", async () => {
    const { db } = database;
    const { scope } = await makeManager(db);
    const { applicationId, ...person } = await makeApplication(db, scope.cooperativeId);
    const [isTaken, decided] = await raceBehind<unknown>(db, farming(person.userId), 2, [
      () => takeBackApplication(db, person),
      () => refuseApplication(db, scope, { applicationId, reason: "查无此户" }),
    ]);
    const last = await readOwnApplication(db, person);
    if (isTaken) {
      expect([decided, last]).toMatchObject([
        { ok: false, reason: "taken-back" },
        { reason: null },
      ]);
    } else {
      expect([decided, last]).toMatchObject([
        { ok: true },
        { state: "refused", reason: "查无此户" },
      ]);
    }
  });

  test("writes nothing into the audit log but ids and states", async () => {
    const { db } = database;
    const { id } = await makeCooperative(db);
    const { applicationId, ...person } = await makeApplication(db, id);
    await takeBackApplication(db, person);
    const acts = await db
      .selectFrom("audit_log")
      .select(["action", "actor_user_id", "before", "after"])
      .where("subject_id", "=", applicationId)
      .orderBy("id")
      .execute();
    const actor_user_id = person.userId;
    expect(acts).toEqual([
      {
        ...{ action: "household.applied", actor_user_id },
        ...{ before: null, after: { cooperativeId: id } },
      },
      {
        ...{ action: "household.application-taken-back", actor_user_id },
        ...{ before: { state: "open" }, after: { state: "taken-back" } },
      },
    ]);
  });
});

test("a register code is read however it is typed, a name and a place only where they are one", () => {
  expect(readRegisterCode(" ５１３４ 2300 0001")).toBe("513423000001");
  expect(readRegisterCode("ab-12")).toBe("AB-12");
  for (const typed of ["", "12", "-123", "5134'; drop", "1".repeat(31), "五一三四二三"]) {
    expect(readRegisterCode(typed), typed).toBeNull();
  }
  expect(readName(" 阿牛·  吉克 ")).toBe("阿牛· 吉克");
  for (const typed of ["", "13800138000", "<b>阿牛", "a'; drop table x; --"]) {
    expect(readName(typed), typed).toBeNull();
  }
  expect(readPlace("树河镇（3组）")).toBe("树河镇（3组）");
  for (const typed of ["", "<script>", "🍎", "3组"]) expect(readPlace(typed), typed).toBeNull();
});
