import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askedKey } from "#app/domain/consents/consent-rules.ts";
import { receiveReply } from "#app/domain/messages/receive-reply.ts";
import type { SmsRefusal } from "#app/gateways/sms.ts";
import { createSmsCallbacks } from "#app/gateways/sms-callbacks.ts";
import { sendMessageJob } from "#app/jobs/send-message.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import type { DB } from "#db/schema.d.ts";
import { consentState, givePhone, makeAsked, readAsked } from "#tests/factories/consents.ts";
import { sendMessages } from "#tests/factories/messages.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { send } from "#tests/setup/gate.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as replies from "./sms-replies.ts";

const KEY = "a-key-that-nobody-can-guess";
const publicUrl = "http://market.test";
const routes = { "webhooks/sms/replies": replies };
let database: TestDatabase;
let db: Kysely<DB>;
let line: Awaited<ReturnType<typeof serveRoutes>>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  const context = { db, publicUrl, log: createLogger("test", "silent") };
  const services = { ...context, smsCallbacks: createSmsCallbacks(KEY) };
  line = await serveRoutes(routes, services as unknown as Services);
});
afterAll(async () => {
  await line.close();
  await database.drop();
});

const second = () => Math.floor(Date.now() / 1000);

/** What the provider posts when a phone answers. */
function says(phone: string, text: string, { time = second(), key = KEY } = {}) {
  const body = { extend: "", nationcode: "86", mobile: phone.slice(3), sign: "田集", text, time };
  return send(`http://127.0.0.1:${line.port}/webhooks/sms/replies?key=${key}`, {
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function asked(given: Parameters<typeof makeAsked>[1] = {}) {
  const household = given.household ?? (await makeHousehold(db));
  const phone = given.household ? "" : await givePhone(db, household);
  const { listingId } = await makeAsked(db, { ...given, household });
  return { household, phone, listingId, ...(await readAsked(db, listingId)) };
}

const stateOf = (listingId: string) => consentState(db, listingId);

/** What came to a phone since it was asked last time. */
async function heardBy(phone: string): Promise<string[]> {
  const texts: string[] = [];
  await sendMessages(db, {
    async send({ to, text, reference = "" }) {
      if (to === phone) texts.push(text);
      return { ok: true, messageId: reference };
    },
  });
  return texts;
}

describe("a household's answer by text message", () => {
  test.each([
    ...["好的", "行", "OK", "ok!", "可以", "中", "要得"],
    "1",
    " １ ",
    "1️⃣",
    "回复 1",
    "同意。",
    "同 意",
    "ＹＥＳ",
    "Yes!",
    "我同意",
    "\u200b好",
  ])("%j puts the listing on the shelf, and it is told so", async (word) => {
    const { phone, listingId } = await asked();
    const answer = await says(phone, word);
    expect(answer).toMatchObject({ status: 200, text: '{"result":0,"errmsg":"OK"}' });
    expect(await stateOf(listingId)).toBe("agreed reply published");
    expect(await heardBy(phone)).toEqual([expect.stringContaining("雪梨 已上架")]);
  });

  test.each([
    "不行",
    "不好",
    "不行。",
    "2",
    "２。",
    "不同意",
    "不 同 意！",
    "ｎｏ",
    "No",
    "回复2",
    "拒绝",
  ])("%j leaves it a draft, and it is told so", async (word) => {
    const { phone, listingId } = await asked();
    await says(phone, word);
    expect(await stateOf(listingId)).toBe("refused reply draft");
    expect(await heardBy(phone)).toEqual([expect.stringContaining("雪梨 不会上架")]);
  });

  test("that is no clear word answers nothing; it is told how to answer, three times at most", async () => {
    const { phone, listingId } = await asked();
    const unclear = ["同意？", "1?", "12", "1 2", "同意吗", "不同意就算了", "价格太低", "👍", ""];
    for (const word of unclear) expect((await says(phone, word)).status).toBe(200);
    expect(await stateOf(listingId)).toBe("draft");
    const told = expect.stringContaining("只回复 1");
    expect(await heardBy(phone)).toEqual([told, told, told]);
    await says(phone, "1");
    expect(await stateOf(listingId)).toBe("agreed reply published");
  });

  test("needs the provider's key", async () => {
    const { phone, listingId } = await asked();
    expect((await says(phone, "1", { key: "guessed" })).status).toBe(403);
    expect(await stateOf(listingId)).toBe("draft");
  });

  test("when nothing is open is told so once a day; a stranger is told nothing", async () => {
    const household = await makeHousehold(db);
    const phone = await givePhone(db, household);
    for (const time of [1, 2, 3]) await says(phone, "1", { time: second() - time });
    expect(await heardBy(phone)).toEqual([expect.stringContaining("现在没有等您回复数字的货")]);
    const stranger = "+8613700000001";
    expect((await says(stranger, "1")).status).toBe(200);
    await says(stranger, "你好");
    expect(await heardBy(stranger)).toEqual([]);
  });

  test("a no after the yes is told once a day that it is on sale, and how to stop that", async () => {
    const { phone, listingId } = await asked();
    await says(phone, "1");
    for (const time of [1, 2]) await says(phone, "2", { time: second() + time });
    expect(await stateOf(listingId)).toBe("agreed reply published");
    expect(await heardBy(phone)).toEqual([
      expect.stringContaining("已上架"),
      expect.stringMatching(/雪梨 .*还在卖.*“下架”/),
    ]);
  });

  test("a no after the yes that may mean a question asked by link is told of the link", async () => {
    const { phone, household } = await asked();
    await asked({ household });
    for (const word of ["1", "2"]) await says(phone, word, { time: second() + Number(word) });
    const told = [expect.stringContaining("已上架"), expect.stringContaining("请点开链接")];
    expect(await heardBy(phone)).toEqual(told);
  });

  test("counts from the phone that was asked, not from another member's", async () => {
    const { household, listingId } = await asked();
    const other = await givePhone(db, household);
    await says(other, "1");
    expect(await stateOf(listingId)).toBe("draft");
    expect(await heardBy(other)).toEqual([]);
  });

  test("of two questions means the one that offered words, and nothing once that is answered", async () => {
    const first = await asked();
    const { phone, household } = first;
    const other = await asked({ household });
    await says(phone, "2", { time: second() + 1 });
    expect(await stateOf(first.listingId)).toBe("refused reply draft");
    await says(phone, "1", { time: second() + 2 });
    expect(await stateOf(other.listingId)).toBe("draft");
    const heard = await heardBy(phone);
    expect(heard).toEqual([
      expect.stringContaining("不会上架"),
      expect.stringContaining("请点开链接"),
    ]);
  });

  test("sent again by the provider, or said before it was asked, meets no later question", async () => {
    const first = await asked();
    const { phone, household } = first;
    const time = second() + 1;
    for (let turn = 0; turn < 3; turn++)
      expect((await says(phone, "1", { time })).status).toBe(200);
    expect(await heardBy(phone)).toHaveLength(1);
    const next = await asked({ household });
    await says(phone, "1", { time });
    await says(phone, "同意", { time: second() - 30 });
    expect(await stateOf(next.listingId)).toBe("draft");
    await says(phone, "不", { time: second() + 5 });
    expect(await stateOf(next.listingId)).toBe("refused reply draft");
  });

  test("counts though the provider delivered the question and its answer was lost", async () => {
    const answered = async (reason: SmsRefusal) => {
      const household = await makeHousehold(db);
      const phone = await givePhone(db, household);
      const { listingId } = await makeAsked(db, { household });
      const question = db.selectFrom("messages").where("key", "=", askedKey(listingId));
      const { id: messageId } = await question.select("id").executeTakeFirstOrThrow();
      const sms = { send: async () => ({ ok: false, reason }) as const };
      await sendMessageJob({ db, sms, publicUrl }, { messageId }).catch(() => {});
      await says(phone, "1");
      return stateOf(listingId);
    };
    expect(await answered("sms-limit")).toBe("draft"); // that one cannot have come
    expect(await answered("sms-unavailable")).toBe("agreed reply published");
  });

  test("after 24 hours comes too late, and it is told so", async () => {
    const { phone, listingId } = await asked();
    const later = new Date(Date.now() + 24 * 3_600_000);
    const reply = { id: "late", from: phone, text: "1", saidAt: later };
    await receiveReply(db, reply, later);
    expect(await stateOf(listingId)).toBe("expired deadline draft");
    expect(await heardBy(phone)).toEqual([expect.stringContaining("24 小时过了，雪梨 没有上架")]);
  });

  test("goes on after 退订, which ends notes about sales and no question", async () => {
    const { phone, listingId } = await asked();
    await says(phone, "退订");
    expect(await stateOf(listingId)).toBe("draft");
    expect(await heardBy(phone)).toEqual([]);
    await says(phone, "1");
    expect(await stateOf(listingId)).toBe("agreed reply published");
    expect(await heardBy(phone)).toHaveLength(1);
  });

  test("is one, when yes and no come at once, and it is told that one", async () => {
    const { phone, listingId } = await asked();
    const lock = sql`select from listing_consents where listing_id = ${listingId} for update`;
    await raceBehind<unknown>(db, lock, 2, [() => says(phone, "1"), () => says(phone, "2")]);
    const isAgreed = (await stateOf(listingId)) === "agreed reply published";
    const told = isAgreed ? "已上架" : "不会上架";
    expect(await heardBy(phone)).toEqual([expect.stringContaining(told)]);
  });

  test("that could not be written down is taken in when it comes again", async () => {
    const { phone, listingId } = await asked();
    const time = second();
    await sql`alter table messages rename to away`.execute(db);
    expect((await says(phone, "1", { time })).status).toBe(500);
    await sql`alter table away rename to messages`.execute(db);
    expect(await stateOf(listingId)).toBe("draft");
    expect((await says(phone, "1", { time })).status).toBe(200);
    expect(await stateOf(listingId)).toBe("agreed reply published");
  });
});
