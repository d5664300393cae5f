import type { Kysely } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { queueMessage } from "#app/domain/messages/queue-message.ts";
import type { SmsMessage } from "#app/gateways/sms.ts";
import type { DB } from "#db/schema.d.ts";
import { givePhone, makeAsked, readAsked } from "#tests/factories/consents.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { drawQuestion } from "./draw-question.ts";
import { sendMessageJob } from "./send-message.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

const publicUrl = "https://market.test";

it("says all that a yes binds the household to, also by a provider's template", async () => {
  const shipsFrom = shanghaiDay(new Date(Date.now() + 20 * 86_400_000));
  const presale = { shipsFrom, presaleLimit: 15_000, quantity: 2, grade: "premium" } as const;
  const { listingId } = await makeAsked(db, { offer: { ...presale, titleEn: "Snow pears" } });
  const { text = "", values = [] } = (await drawQuestion({ db, publicUrl }, listingId, "zh")) ?? {};
  const [year, month, day] = shipsFrom.split("-").map(Number);
  const sale = `预售：${year}年${month}月${day}日起发货，补货后最多卖 15000 份`;
  expect(values.slice(1, -1)).toEqual([
    ...["雪梨（英文名 Snow pears）", "特级", "¥29.90/5斤箱", "2", sale],
  ]);
  for (const value of values) expect(text).toContain(value);
  const english = await drawQuestion({ db, publicUrl }, listingId, "en");
  expect(english?.text).toContain(
    "Snow pears (in Chinese 雪梨), Premium, ¥29.90 per 5-jin box, 2 in all, a pre-sale",
  );
});

it("asks, and tells, in the language of the member whose phone it is, and without one in Chinese", async () => {
  for (const [locale, begins] of [
    ["en", "[Tianji]"],
    [null, "【田集】"],
  ] as const) {
    const household = await makeHousehold(db);
    const phone = await givePhone(db, household);
    const members = db.updateTable("household_members").set({ locale });
    await members.where("household_id", "=", household.id).execute();
    const { listingId } = await makeAsked(db, { household });
    expect((await readAsked(db, listingId)).texts[0]?.text.startsWith(begins)).toBe(true);
    const template = "sale.bundle";
    const params = { count: 1, fen: 100 };
    const to = { householdId: household.id };
    await db
      .transaction()
      .execute((trx) => queueMessage(trx, { to, template, params, key: phone }));
    const { id } = await db
      .selectFrom("messages")
      .select("id")
      .where("key", "=", phone)
      .executeTakeFirstOrThrow();
    const texts: string[] = [];
    const sms = {
      async send({ text }: SmsMessage) {
        texts.push(text);
        return { ok: true as const, messageId: id };
      },
    };
    await sendMessageJob({ db, sms, publicUrl }, { messageId: id });
    expect(texts[0]?.startsWith(begins)).toBe(true);
  }
});
