import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SmsMessage, SmsResult } from "#app/gateways/sms.ts";
import { drawMessage } from "#app/jobs/draw-message.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { queueMessage } from "./queue-message.ts";
import { type Draw, sendMessage } from "./send-message.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOW = new Date("2026-11-22T04:00:00Z");
const later = (ms: number) => new Date(NOW.getTime() + ms);

let database: TestDatabase;
let sent: SmsMessage[];
let answers: SmsResult[];
const sms = {
  async send(message: SmsMessage): Promise<SmsResult> {
    const answer = answers.shift() ?? { ok: true, messageId: `p-${message.reference}` };
    if (answer.ok) sent.push(message);
    return answer;
  },
};
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  sent = [];
  answers = [];
  await sql`truncate messages, message_stops, message_reports`.execute(database.db);
  await sql`delete from graphile_worker._private_jobs`.execute(database.db);
});

let made = 0;
const nextPhone = () => `+86137${String(++made).padStart(8, "0")}`;

async function owe(changes: Partial<Parameters<typeof queueMessage<"sale.bundle">>[1]> = {}) {
  const key = changes.key ?? uuidv7();
  const message = { to: { phone: nextPhone() }, params: { count: 2, fen: 5622 }, ...changes, key };
  const queued = await database.db
    .transaction()
    .execute((trx) => queueMessage(trx, { template: "sale.bundle", ...message }));
  return { ...queued, id: (await read(key)).id };
}

const read = (key: string) =>
  database.db.selectFrom("messages").selectAll().where("key", "=", key).executeTakeFirstOrThrow();
const readById = (id: string) =>
  database.db.selectFrom("messages").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const send = (messageId: string, now = NOW) =>
  sendMessage({ db: database.db, sms, draw: drawMessage as Draw }, { messageId, now });

async function jobOf(messageId: string) {
  const { rows } = await sql<{ run_at: Date }>`select run_at from graphile_worker.jobs
    where key = ${`send-message:${messageId}`}`.execute(database.db);
  return rows;
}

describe("a message that is owed", () => {
  test("is one message and one job a key, also when two ask at once", async () => {
    const lock = sql`lock table messages in share mode`;
    const two = [0, 1].map(() => () => owe({ key: "the-sale" }));
    const queued = await raceBehind(database.db, lock, 2, two);
    expect(queued.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    const { id } = await read("the-sale");
    expect(await jobOf(id)).toHaveLength(1);
  });

  test("is not owed when what it would tell of is undone", async () => {
    const undone = database.db.transaction().execute(async (trx) => {
      const to = { phone: nextPhone() };
      const params = { count: 1, fen: 1 };
      await queueMessage(trx, { to, template: "sale.bundle", params, key: "undone" });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    const { rows } = await sql`select from graphile_worker.jobs`.execute(database.db);
    expect(rows).toEqual([]);
  });

  test("goes out once, with its id as the reference and its values in order", async () => {
    const { id } = await owe({ to: { phone: "+8613700000000" } });
    expect(await send(id)).toEqual({ ok: true });
    expect(await send(id)).toEqual({ ok: false, reason: "over" });
    expect(sent).toEqual([
      {
        ...{ to: "+8613700000000", template: "sale.bundle", locale: "zh", reference: id },
        ...{ text: expect.stringContaining("卖出 2 单"), values: ["2", "¥56.22"] },
      },
    ]);
    expect(await readById(id)).toMatchObject({ state: "sent", provider_id: `p-${id}`, tries: 1 });
  });

  test("goes out once when two workers take it at once", async () => {
    const { id } = await owe();
    const lock = sql`select from messages where id = ${id} for update`;
    const both = await raceBehind(database.db, lock, 2, [() => send(id), () => send(id)]);
    expect(sent).toHaveLength(1);
    expect(both).toContainEqual({ ok: true });
  });

  test("goes to the household's first member with a phone, looked up when it is sent", async () => {
    const { id: householdId } = await makeHousehold(database.db);
    const { id } = await owe({ to: { householdId } });
    const phone = nextPhone();
    await sql`insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt",
        "phoneNumber") values ('her', '', 'her@x', false, now(), now(), ${phone})`.execute(
      database.db,
    );
    const member = { id: uuidv7(), household_id: householdId, user_id: "her" };
    await database.db.insertInto("household_members").values(member).execute();
    expect(await send(id)).toEqual({ ok: true });
    expect(sent[0]?.to).toBe(phone);
  });

  test("has failed where nobody has a phone", async () => {
    const { id: householdId } = await makeHousehold(database.db);
    const { id } = await owe({ to: { householdId } });
    expect(await send(id)).toEqual({ ok: false, reason: "over" });
    expect(await readById(id)).toMatchObject({ state: "failed", reason: "no-phone" });
  });
});

describe("a provider that does not take a message", () => {
  test("is asked again while it is away, nine times at most, for more than an hour", async () => {
    const { id } = await owe();
    for (let tries = 1; tries < 9; tries++) {
      answers = [{ ok: false, reason: "sms-unavailable" }];
      expect(await send(id)).toEqual({ ok: false, reason: "try-again" });
    }
    expect(await readById(id)).toMatchObject({ state: "queued", tries: 8 });
    answers = [{ ok: false, reason: "sms-unavailable" }];
    expect(await send(id)).toEqual({ ok: false, reason: "over" });
    expect(await readById(id)).toMatchObject({ state: "failed", reason: "sms-unavailable" });
  });

  test.each(["blocked-number", "bad-number", "bad-template"] as const)(
    "is not asked again after %s",
    async (reason) => {
      const { id } = await owe();
      answers = [{ ok: false, reason }];
      expect(await send(id)).toEqual({ ok: false, reason: "over" });
      expect(await readById(id)).toMatchObject({ state: "failed", reason });
    },
  );

  test("is asked an hour later when it has had enough of this number", async () => {
    const { id } = await owe();
    answers = [{ ok: false, reason: "sms-limit" }];
    expect(await send(id)).toEqual({ ok: true });
    expect(await readById(id)).toMatchObject({ state: "limited", reason: "sms-limit" });
    expect(await jobOf(id)).toEqual([{ run_at: later(HOUR_MS) }]);
    expect(await send(id, later(HOUR_MS))).toEqual({ ok: true });
    expect(sent).toHaveLength(1);
  });

  test("may have died with the answer: a minute later the message is sent again", async () => {
    const { id } = await owe();
    const dying = { send: () => Promise.reject(new Error("died")) };
    const died = sendMessage(
      { db: database.db, sms: dying, draw: drawMessage as Draw },
      { messageId: id, now: NOW },
    );
    await expect(died).rejects.toThrow("died");
    expect(await send(id)).toEqual({ ok: false, reason: "try-again" });
    expect(await send(id, later(MINUTE_MS))).toEqual({ ok: true });
  });
});

describe("a phone", () => {
  test("gets five messages an hour, the sixth when there is room", async () => {
    const to = { phone: nextPhone() };
    for (let count = 0; count < 5; count++) await send((await owe({ to })).id, later(count));
    const { id } = await owe({ to });
    expect(await send(id, later(10))).toEqual({ ok: true });
    expect(sent).toHaveLength(5);
    expect(await readById(id)).toMatchObject({ state: "limited", reason: "our-limit", tries: 0 });
    expect(await jobOf(id)).toEqual([{ run_at: later(HOUR_MS) }]);
    expect(await send((await owe()).id, later(10))).toEqual({ ok: true });
    await send(id, later(HOUR_MS));
    expect(sent).toHaveLength(7);
  });

  test("gets twenty a day", async () => {
    const to = { phone: nextPhone() };
    for (let count = 0; count < 21; count++) {
      await send((await owe({ to })).id, later(count * 20 * MINUTE_MS));
    }
    expect(sent).toHaveLength(20);
  });

  test("is not told what would be two days old by then", async () => {
    const to = { phone: nextPhone() };
    for (let count = 0; count < 5; count++) await send((await owe({ to })).id);
    const { id } = await owe({ to });
    const created_at = later(-47.5 * HOUR_MS);
    await database.db.updateTable("messages").set({ created_at }).where("id", "=", id).execute();
    expect(await send(id)).toEqual({ ok: false, reason: "over" });
    expect(await readById(id)).toMatchObject({ state: "failed", reason: "too-old" });
  });

  test("does not get a sixth from two that come at once", async () => {
    const to = { phone: nextPhone() };
    for (let count = 0; count < 4; count++) await send((await owe({ to })).id);
    const [one, other] = [await owe({ to }), await owe({ to })];
    const lock = sql`select pg_advisory_xact_lock(hashtextextended(${`message:${to.phone}`}, 0))`;
    await raceBehind(database.db, lock, 2, [() => send(one.id), () => send(other.id)]);
    expect(sent).toHaveLength(5);
  });
});
