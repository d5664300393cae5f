import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeManager, makePerson } from "#tests/factories/joining.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { inviteMember, takeBackInvitation } from "./invite-member.ts";
import { readMembers } from "./read-members.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("nobody is asked by a form that has asked somebody else, or whose invitation is over", async () => {
  const { db } = database;
  const { scope } = await makeManager(db);
  const [{ phone }, other] = [await makePerson(db), await makePerson(db)];
  const form = { phone, name: "李会计", role: "bookkeeper", clientKey: uuidv7() } as const;
  const send = (changed: object = {}) => inviteMember(db, scope, { ...form, ...changed });
  const first = await send();
  const { clientKey: _, ...said } = form;
  const before = { ok: false, reason: "invited-before", ...said };
  expect(await send({ phone: other.phone })).toEqual(before);
  expect(await send({ role: "packer" })).toEqual({ ok: false, reason: "invited-already" });
  expect(await send()).toMatchObject({ ok: true, isNew: false });
  const invitationId = first.ok ? first.invitationId : "";
  await takeBackInvitation(db, scope, { invitationId });
  expect(await send()).toEqual(before);
  expect((await readMembers(db, scope)).invitations).toEqual([]);
  const again = await send({ phone: other.phone, clientKey: uuidv7() });
  expect(again).toMatchObject({ ok: true, isNew: true });
});

test("nor once its fourteen days are over, whether anybody has looked since or not", async () => {
  const { db } = database;
  const { scope } = await makeManager(db);
  const { phone } = await makePerson(db);
  const form = { phone, name: "李会计", role: "bookkeeper", clientKey: uuidv7() } as const;
  expect(await inviteMember(db, scope, form)).toMatchObject({ ok: true, isNew: true });
  const now = new Date(Date.now() + 15 * 24 * 60 * 60_000);
  const late = await inviteMember(db, scope, { ...form, now });
  expect(late).toMatchObject({ ok: false, reason: "invited-before" });
});
