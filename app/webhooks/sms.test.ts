import type { ActionFunctionArgs } from "@remix-run/node";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queueMessage } from "#app/domain/messages/queue-message.ts";
import { createSmsCallbacks } from "#app/gateways/sms-callbacks.ts";
import { sendMessageJob } from "#app/jobs/send-message.ts";
import { createLogger } from "#app/log.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { action as replies } from "./sms-replies.ts";
import { action as status } from "./sms-status.ts";

const KEY = "a-key-that-nobody-can-guess";
let database: TestDatabase;
let providerId = "";
const sms = { send: async () => ({ ok: true as const, messageId: providerId }) };
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function call(action: typeof status, body: unknown, key = KEY) {
  const url = `http://market.test/webhooks/sms/x?key=${key}`;
  const request = new Request(url, { method: "POST", body: JSON.stringify(body) });
  const context = {
    ...{ db: database.db, log: createLogger("test", "silent") },
    smsCallbacks: createSmsCallbacks(KEY),
  };
  return action({ request, context, params: {} } as unknown as ActionFunctionArgs);
}

let made = 0;
async function makeMessage() {
  const mobile = `136${String(++made).padStart(8, "0")}`;
  providerId = `sid:${made}`;
  const key = uuidv7();
  const params = { count: 1, fen: 100 };
  const to = { phone: `+86${mobile}` };
  await database.db
    .transaction()
    .execute((trx) => queueMessage(trx, { to, template: "sale.bundle", params, key }));
  const read = () =>
    database.db.selectFrom("messages").selectAll().where("key", "=", key).executeTakeFirstOrThrow();
  const { id } = await read();
  const send = () => sendMessageJob({ db: database.db, sms, publicUrl: "" }, { messageId: id });
  return { mobile, sid: providerId, read, send };
}

const report = (sid: string, report_status: "SUCCESS" | "FAIL") => ({
  ...{ user_receive_time: "2026-11-22 12:00:00", nationcode: "86", mobile: "13600000000", sid },
  ...{ report_status, errmsg: report_status === "SUCCESS" ? "DELIVRD" : "002", description: "" },
});

describe("a callback about messages", () => {
  test("is refused without the key, and when it is nothing of the kind", async () => {
    const { sid } = await makeMessage();
    expect((await call(status, [report(sid, "SUCCESS")], "guessed")).status).toBe(403);
    expect((await call(status, { hello: 1 })).status).toBe(400);
    expect((await call(replies, [])).status).toBe(400);
    expect((await call(status, ["x".repeat(300_000)])).status).toBe(413);
  });

  test("says what became of each, the same however often it comes", async () => {
    const [good, bad] = [await makeMessage(), await makeMessage()];
    providerId = good.sid;
    await good.send();
    providerId = bad.sid;
    await bad.send();
    for (let turn = 0; turn < 2; turn++) {
      const answer = await call(status, [report(good.sid, "SUCCESS"), report(bad.sid, "FAIL")]);
      expect(await answer.json()).toEqual({ result: 0, errmsg: "OK" });
    }
    expect(await good.read()).toMatchObject({ state: "delivered", reason: null });
    expect(await bad.read()).toMatchObject({ state: "failed", reason: "002" });
  });

  test("may come before we know that the message was sent", async () => {
    const { sid, read, send } = await makeMessage();
    await call(status, [report(sid, "SUCCESS")]);
    expect((await read()).state).toBe("queued");
    await send();
    expect((await read()).state).toBe("delivered");
  });

  test("is not lost when it comes just as we write that down", async () => {
    const { sid, read, send } = await makeMessage();
    const lock = sql`select pg_advisory_xact_lock(
      hashtextextended(${`message-report:${sid}`}, 0))`;
    const both = [() => call(status, [report(sid, "SUCCESS")]), () => send()];
    await raceBehind<unknown>(database.db, lock, 2, both);
    expect((await read()).state).toBe("delivered");
  });

  test("that it failed does not undo that it was delivered, in either order", async () => {
    for (const order of [["SUCCESS", "FAIL"] as const, ["FAIL", "SUCCESS"] as const]) {
      const { sid, read, send } = await makeMessage();
      await send();
      for (const said of order) await call(status, [report(sid, said)]);
      expect((await read()).state).toBe("delivered");
    }
  });
});

test("a report is forgotten after a week, and what was delivered stays so", async () => {
  const { sid, read, send } = await makeMessage();
  await send();
  await call(status, [report(sid, "SUCCESS")]);
  const created_at = new Date(Date.now() - 8 * 24 * 60 * 60_000);
  const reports = () => database.db.selectFrom("message_reports").where("provider_id", "=", sid);
  await database.db.updateTable("message_reports").set({ created_at }).execute();
  await call(status, [report("another", "FAIL")]);
  expect(await reports().select("provider_id").execute()).toEqual([]);
  await call(status, [report(sid, "FAIL")]);
  expect((await read()).state).toBe("delivered");
});

describe("an answer to a message", () => {
  const says = (mobile: string, text: string, time: number) =>
    call(replies, { extend: "", mobile, nationcode: "86", sign: "田集", text, time });

  test.each(["退订", "T", "td", " STOP. ", "Ｔ"])("%s ends the notes about sales", async (word) => {
    const { mobile, read, send } = await makeMessage();
    expect((await says(mobile, word, 1_700_000_000)).status).toBe(200);
    await send();
    expect(await read()).toMatchObject({ state: "stopped", tries: 0 });
  });

  test("of stop and start the last said counts, in whatever order and how often they come", async () => {
    for (const times of [[1, 2, 1] as const, [2, 1, 2] as const]) {
      const { mobile, read, send } = await makeMessage();
      for (const time of times) await says(mobile, time === 1 ? "T" : "恢复", 1_700_000_000 + time);
      await send();
      expect((await read()).state).toBe("sent");
    }
  });

  test("ends no question and no news of a refund", async () => {
    const { mobile } = await makeMessage();
    await says(mobile, "T", 1_700_000_000);
    const [to, key] = [{ phone: `+86${mobile}` }, uuidv7()];
    const params = { number: "TJ1", fen: 100 };
    await database.db
      .transaction()
      .execute((trx) => queueMessage(trx, { to, template: "refund.by-hand", params, key }));
    const read = database.db.selectFrom("messages").select(["id", "state"]).where("key", "=", key);
    providerId = `sid:${key}`;
    const { id } = await read.executeTakeFirstOrThrow();
    await sendMessageJob({ db: database.db, sms, publicUrl: "" }, { messageId: id });
    expect((await read.executeTakeFirstOrThrow()).state).toBe("sent");
  });

  test("keeps the word and not the text; a sentence is no word", async () => {
    const { mobile, read, send } = await makeMessage();
    await says(mobile, "我妈住院了 T 不是要退订", 1_700_000_000);
    const kept = database.db.selectFrom("message_replies").select("word");
    const rows = await kept.where("phone", "=", `+86${mobile}`).execute();
    expect(rows).toEqual([{ word: "other" }]);
    await send();
    expect((await read()).state).toBe("sent");
  });
});
