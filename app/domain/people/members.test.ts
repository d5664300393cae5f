import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCooperative } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { answerInvitation, readInvitations } from "./answer-invitation.ts";
import { changeMember, endMember } from "./change-member.ts";
import { MOST_INVITATIONS } from "./invitation-rule.ts";
import { inviteMember, takeBackInvitation } from "./invite-member.ts";
import { readMember, readMembers } from "./read-members.ts";
import { readRoles } from "./read-roles.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

let numbers = 0;
const nextPhone = () => `+861360000${String(++numbers).padStart(4, "0")}`;

/** Somebody who can sign in by a number. */
async function makePerson(phone = nextPhone()) {
  const userId = uuidv7();
  await sql`insert into auth."user" ("id", "name", "email", "emailVerified", "phoneNumber", "updatedAt")
    values (${userId}, 'p', ${`${userId}@x.invalid`}, false, ${phone}, now())`.execute(database.db);
  return { userId, phone };
}

/** A cooperative with one manager. */
async function makeCoop() {
  const { id: cooperativeId } = await makeCooperative(database.db);
  const { userId, phone } = await makePerson();
  const memberId = uuidv7();
  const member = { id: memberId, cooperative_id: cooperativeId, user_id: userId, role: "manager" };
  await database.db.insertInto("cooperative_members").values(member).execute();
  return { scope: coopScope({ userId, cooperativeId }), memberId, phone };
}
type Coop = Awaited<ReturnType<typeof makeCoop>>;

const invite = ({ scope }: Coop, phone: string, of: object = {}) =>
  inviteMember(database.db, scope, {
    ...{ phone, name: "李会计", role: "bookkeeper", clientKey: uuidv7() },
    ...of,
  });

async function invited(coop: Coop, phone: string, of: object = {}): Promise<string> {
  const made = await invite(coop, phone, of);
  if (!made.ok) throw new Error(made.reason);
  return made.invitationId;
}

/** Somebody who works there by an invitation. */
async function join(coop: Coop, role = "packer") {
  const person = await makePerson();
  const invitationId = await invited(coop, person.phone, { role });
  await answerInvitation(database.db, person, { invitationId, isYes: true });
  const { members } = await readMembers(database.db, coop.scope);
  return { ...person, memberId: members.find(({ phone }) => phone === person.phone)?.id ?? "" };
}
const roleOf = async ({ userId }: { userId: string }) =>
  (await readRoles(database.db, userId)).cooperative;

describe("whoever is asked to work for a cooperative", () => {
  test("is told once, sees it under her number, and works there once she has said yes", async () => {
    const { db } = database;
    const coop = await makeCoop();
    const person = await makePerson();
    const clientKey = uuidv7();
    const first = await invite(coop, person.phone, { clientKey });
    const again = await invite(coop, person.phone, { clientKey });
    expect([first, again]).toMatchObject([{ isNew: true }, { isNew: false }]);
    const told = db.selectFrom("messages").select(["template", "locale"]);
    expect(await told.where("phone", "=", person.phone).execute()).toEqual([
      { template: "people.invited", locale: "zh" },
    ]);
    const [invitation] = await readInvitations(db, person);
    expect(invitation).toMatchObject({ role: "bookkeeper" });
    const yes = { invitationId: invitation?.id ?? "", isYes: true };
    expect(await roleOf(person)).toBeNull();
    expect(await answerInvitation(db, person, yes)).toEqual({ ok: true });
    expect(await answerInvitation(db, person, yes)).toEqual({ ok: true });
    expect(await roleOf(person)).toEqual({
      ...{ cooperativeId: coop.scope.cooperativeId, role: "bookkeeper" },
    });
    expect(await readInvitations(db, person)).toEqual([]);
    const { members, invitations } = await readMembers(db, coop.scope);
    expect(members).toMatchObject([
      { role: "manager", isMe: true, name: null },
      { role: "bookkeeper", isMe: false, name: "李会计", phone: person.phone },
    ]);
    expect(invitations).toEqual([]);
  });

  test("says no, and is not asked by the same invitation again", async () => {
    const { db } = database;
    const [coop, person] = [await makeCoop(), await makePerson()];
    const invitationId = await invited(coop, person.phone);
    const answer = (isYes: boolean) => answerInvitation(db, person, { invitationId, isYes });
    expect(await answer(false)).toEqual({ ok: true });
    expect(await answer(true)).toEqual({ ok: false, reason: "not-open" });
    expect(await roleOf(person)).toBeNull();
    expect(await invite(coop, person.phone)).toMatchObject({ ok: true, isNew: true });
  });

  test("answers for nobody else, nor what was taken back or is over, nor what is no invitation", async () => {
    const { db } = database;
    const [coop, other] = [await makeCoop(), await makeCoop()];
    const [person, stranger] = [await makePerson(), await makePerson()];
    const invitationId = await invited(coop, person.phone);
    const yes = (of: typeof person, id = invitationId, now = new Date()) =>
      answerInvitation(db, of, { invitationId: id, isYes: true, now });
    const late = new Date(Date.now() + 15 * 24 * 60 * 60_000);
    const refused = { ok: false, reason: "not-open" };
    expect(await yes(stranger)).toEqual(refused);
    expect(await yes(person, uuidv7())).toEqual(refused);
    expect(await yes(person, "x'")).toEqual(refused);
    expect(await yes(person, invitationId, late)).toEqual(refused);
    expect(await readInvitations(db, { ...person, now: late })).toEqual([]);
    expect(await takeBackInvitation(db, other.scope, { invitationId })).toBe(false);
    expect(await takeBackInvitation(db, coop.scope, { invitationId })).toBe(true);
    expect(await takeBackInvitation(db, coop.scope, { invitationId })).toBe(false);
    expect(await yes(person)).toEqual(refused);
    expect(await roleOf(person)).toBeNull();
  });

  test("works for one cooperative at a time, also when she says yes to two at once", async () => {
    const { db } = database;
    const [one, two, person] = [await makeCoop(), await makeCoop(), await makePerson()];
    const ids = [await invited(one, person.phone), await invited(two, person.phone)];
    const holder = await db.startTransaction().execute();
    const key = `works-for:${person.userId}`;
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(holder);
    const both = Promise.all(
      ids.map((invitationId) => answerInvitation(db, person, { invitationId, isYes: true })),
    );
    await waitUntilBlocked(db, 2);
    await holder.commit().execute();
    const answers = await both;
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, reason: "works-elsewhere" });
    // The other invitation waits until she is free.
    expect(await readInvitations(db, person)).toHaveLength(1);
  });

  test("is asked once at a time, and not if she works there", async () => {
    const [coop, phone] = [await makeCoop(), nextPhone()];
    await invited(coop, phone);
    expect(await invite(coop, phone)).toEqual({ ok: false, reason: "invited-already" });
    expect(await invite(coop, coop.phone)).toEqual({ ok: false, reason: "works-here" });
    const later = new Date(Date.now() + 15 * 24 * 60 * 60_000);
    expect(await invite(coop, phone, { now: later })).toMatchObject({ ok: true });
  });

  test("is one of so many, as each costs a message", async () => {
    const coop = await makeCoop();
    for (let asked = 0; asked < MOST_INVITATIONS; asked++) await invited(coop, nextPhone());
    const refused = { ok: false, reason: "too-many-invitations" };
    expect(await invite(coop, nextPhone())).toEqual(refused);
  });
});

describe("whoever works for a cooperative", () => {
  test("gets another role, leaves, and comes back by an invitation only", async () => {
    const { db } = database;
    const coop = await makeCoop();
    const person = await join(coop);
    const { memberId } = person;
    expect(
      await changeMember(db, coop.scope, { memberId, role: "bookkeeper", name: "小李" }),
    ).toEqual({
      ok: true,
    });
    expect(await roleOf(person)).toMatchObject({ role: "bookkeeper" });
    expect(await readMember(db, coop.scope, memberId)).toMatchObject({ name: "小李" });
    expect(await endMember(db, coop.scope, { memberId })).toEqual({ ok: true });
    expect(await endMember(db, coop.scope, { memberId })).toEqual({ ok: true });
    expect(await roleOf(person)).toBeNull();
    expect(await readMember(db, coop.scope, memberId)).toBeNull();
    const gone = { ok: false, reason: "member-not-found" };
    expect(await changeMember(db, coop.scope, { memberId, role: "manager", name: "小李" })).toEqual(
      gone,
    );
    const invitationId = await invited(coop, person.phone, { role: "packer" });
    await answerInvitation(db, person, { invitationId, isYes: true });
    expect(await roleOf(person)).toMatchObject({ role: "packer" });
    const acts = await db
      .selectFrom("audit_log")
      .select(["action", "actor_user_id as by"])
      .where("subject_id", "=", memberId)
      .orderBy("id")
      .execute();
    const by = coop.scope.userId;
    expect(acts).toEqual([
      { action: "member.role-changed", by },
      { action: "member.ended", by },
    ]);
  });

  test("is nobody to another cooperative", async () => {
    const { db } = database;
    const [coop, other] = [await makeCoop(), await makeCoop()];
    const { memberId } = await join(coop);
    const unknown = { ok: false, reason: "member-not-found" };
    expect(await readMember(db, other.scope, memberId)).toBeNull();
    expect(await readMember(db, coop.scope, "x'")).toBeNull();
    expect(await endMember(db, other.scope, { memberId })).toEqual(unknown);
    expect(
      await changeMember(db, other.scope, { memberId, role: "manager", name: "小李" }),
    ).toEqual(unknown);
    expect(await endMember(db, coop.scope, { memberId: "x'" })).toEqual(unknown);
  });

  test("as its last manager stays, also when two let each other go at once", async () => {
    const { db } = database;
    const coop = await makeCoop();
    const last = { ok: false, reason: "last-manager" };
    const { memberId } = coop;
    const named = { memberId, role: "manager", name: "老王" } as const;
    expect(await changeMember(db, coop.scope, named)).toEqual({ ok: true });
    expect(await endMember(db, coop.scope, { memberId })).toEqual(last);
    expect(await changeMember(db, coop.scope, { memberId, role: "packer", name: "小李" })).toEqual(
      last,
    );
    const second = await join(coop, "manager");
    const holder = await db.startTransaction().execute();
    await sql`select 1 from cooperatives where id = ${coop.scope.cooperativeId}
      for no key update`.execute(holder);
    const both = Promise.all([
      endMember(db, coop.scope, { memberId: second.memberId }),
      endMember(db, coop.scope, { memberId }),
    ]);
    await waitUntilBlocked(db, 2);
    await holder.commit().execute();
    const answers = await both;
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers).toContainEqual(last);
  });
});
