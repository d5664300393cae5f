import type { Kysely } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { DB } from "#db/schema.d.ts";
import { makeAsked } from "#tests/factories/consents.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { drawQuestion } from "./draw-question.ts";

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
