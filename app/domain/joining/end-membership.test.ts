import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerByWords } from "#app/domain/consents/answer-by-words.ts";
import { findHouseholds, readHouseholdPhone } from "#app/domain/consents/read-household.ts";
import { claimMessage } from "#app/domain/messages/claim-message.ts";
import { queueMessage } from "#app/domain/messages/queue-message.ts";
import { makeAsked, readAsked } from "#tests/factories/consents.ts";
import { makeManager, makePerson } from "#tests/factories/joining.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { coopScope, householdScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { answerByLink } from "../consents/answer-consent.ts";
import { keepLanguage } from "../people/keep-language.ts";
import { readRoles } from "../people/read-roles.ts";
import { endMembership } from "./end-membership.ts";
import { readOwnHousehold } from "./read-own-household.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A household with one phone for each moment, in that order. */
async function withPhones(count: number) {
  const { db } = database;
  const { cooperative, scope } = await makeManager(db);
  const household = await makeHousehold(db, { cooperative });
  const members = [];
  for (let place = 0; place < count; place++) {
    const person = await makePerson(db);
    const memberId = uuidv7();
    await db
      .insertInto("household_members")
      .values({ id: memberId, household_id: household.id, user_id: person.userId })
      .execute();
    members.push({ ...person, memberId });
  }
  return { scope, household, members };
}

describe("a phone that is taken off a household", () => {
  test("farms for it no more at once, is told nothing of it, and stays in its history", async () => {
    const { db } = database;
    const { scope, household, members } = await withPhones(2);
    const [first, second] = members;
    const householdId = household.id;
    const end = () => endMembership(db, scope, { householdId, memberId: first?.memberId ?? "" });
    expect([await end(), await end()]).toEqual([{ ok: true }, { ok: true }]);
    const userId = first?.userId ?? "";
    expect((await readRoles(db, userId)).household).toBeNull();
    expect(await readHouseholdPhone(db, householdId)).toBe(second?.phone);
    // A page that it had open writes nothing into its membership either.
    const { cooperativeId } = household;
    await keepLanguage(db, householdScope({ userId, householdId, cooperativeId }), "en");
    const locale = db.selectFrom("household_members").select("locale");
    expect(await locale.where("user_id", "=", userId).execute()).toEqual([{ locale: null }]);
    const message = { to: { householdId }, template: "consent.none", params: {} } as const;
    const key = uuidv7();
    await db.transaction().execute((trx) => queueMessage(trx, { ...message, key }));
    const queued = db.selectFrom("messages").select("id").where("key", "=", key);
    const { id } = await queued.executeTakeFirstOrThrow();
    const claimed = await claimMessage(db, id, new Date());
    expect(claimed).toMatchObject({ ok: true, message: { phone: second?.phone } });
    const page = await readOwnHousehold(db, scope, householdId);
    expect(page?.phones).toMatchObject([
      { phone: second?.phone, endedAt: null },
      { phone: first?.phone, endedAt: expect.any(Date) },
    ]);
    const list = await findHouseholds(db, scope, { search: "", page: 1, perPage: 5 });
    expect(list.rows).toMatchObject([{ id: householdId, hasPhone: true, phones: 1 }]);
    const acts = db.selectFrom("audit_log").select(["action", "actor_user_id as by", "before"]);
    expect(await acts.where("subject_id", "=", householdId).execute()).toEqual([
      {
        ...{ action: "household.phone-removed", by: scope.userId },
        before: { memberId: first?.memberId },
      },
    ]);
    // Of the last phone none is left: the household can be asked nothing.
    await endMembership(db, scope, { householdId, memberId: second?.memberId ?? "" });
    const none = await findHouseholds(db, scope, { search: "", page: 1, perPage: 5 });
    expect(none.rows).toMatchObject([{ hasPhone: false, phones: 0 }]);
    expect(await readHouseholdPhone(db, householdId)).toBeNull();
  });

  test("answers nothing that the household was asked on it, by the link or by words", async () => {
    const { db } = database;
    const { household, listingId } = await makeAsked(db);
    const { token } = await readAsked(db, listingId);
    const phone = (await readHouseholdPhone(db, household.id)) ?? "";
    const { id: memberId } = await db
      .selectFrom("household_members")
      .select("id")
      .where("household_id", "=", household.id)
      .executeTakeFirstOrThrow();
    const { cooperativeId } = household;
    const scope = coopScope({ userId: "a-manager", cooperativeId });
    await endMembership(db, scope, { householdId: household.id, memberId });
    expect(await answerByLink(db, { token, answer: "agreed" })).toEqual({
      ...{ ok: false, reason: "answered-otherwise", answer: "withdrawn" },
    });
    const saidAt = new Date(Date.now() + 2_000);
    const words = await db
      .transaction()
      .execute((trx) => answerByWords(trx, { phone, word: "yes", saidAt }, saidAt));
    expect(words).toEqual({ ok: false, reason: "nobody-asked" });
    const status = db.selectFrom("listings").select("status").where("id", "=", listingId);
    expect(await status.executeTakeFirst()).toEqual({ status: "draft" });
  });

  test("answers by words for the household that it farms for by then", async () => {
    const { db } = database;
    const { scope, household, members } = await withPhones(1);
    const [{ userId = "", phone = "", memberId = "" } = {}] = members;
    await endMembership(db, scope, { householdId: household.id, memberId });
    const now = await makeHousehold(db);
    const member = { id: uuidv7(), household_id: now.id, user_id: userId };
    await db.insertInto("household_members").values(member).execute();
    const { listingId } = await makeAsked(db, { household: now });
    await readAsked(db, listingId);
    const saidAt = new Date(Date.now() + 2_000);
    const answered = await db
      .transaction()
      .execute((trx) => answerByWords(trx, { phone, word: "yes", saidAt }, saidAt));
    expect(answered).toMatchObject({ ok: true, answer: "agreed" });
    const roles = await readRoles(db, userId);
    expect(roles.household).toEqual({ householdId: now.id, cooperativeId: now.cooperativeId });
  });

  test("is another than the one that is asked: the question stays open", async () => {
    const { db } = database;
    const { household, listingId } = await makeAsked(db);
    const person = await makePerson(db);
    const memberId = uuidv7();
    const householdId = household.id;
    await db
      .insertInto("household_members")
      .values({ id: memberId, household_id: householdId, user_id: person.userId })
      .execute();
    const scope = coopScope({ userId: "a-manager", cooperativeId: household.cooperativeId });
    await endMembership(db, scope, { householdId, memberId });
    const consent = db.selectFrom("listing_consents").select("answer");
    expect(await consent.where("listing_id", "=", listingId).executeTakeFirst()).toEqual({
      answer: null,
    });
  });

  test("is taken off by its own cooperative alone", async () => {
    const { db } = database;
    const { scope, household, members } = await withPhones(1);
    const { scope: stranger } = await makeManager(db);
    const other = await withPhones(1);
    const [memberId, householdId] = [members[0]?.memberId ?? "", household.id];
    const unknown = { ok: false, reason: "member-not-found" };
    expect(await endMembership(db, stranger, { householdId, memberId })).toEqual(unknown);
    expect(await readOwnHousehold(db, stranger, householdId)).toBeNull();
    for (const wrong of [
      { householdId, memberId: other.members[0]?.memberId ?? "" },
      { householdId: other.household.id, memberId },
      { householdId, memberId: "x'" },
      { householdId: "x'", memberId },
    ]) {
      expect(await endMembership(db, scope, wrong)).toEqual(unknown);
    }
    const roles = await readRoles(db, members[0]?.userId ?? "");
    expect(roles.household?.householdId).toBe(householdId);
  });
});
