import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeHousehold } from "#tests/factories/people.ts";
import { linePhoto, type MadeLine, makeDelivered, review } from "#tests/factories/reviews.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { findOwnLine } from "../orders/find-own-line.ts";
import { decideReview } from "./decide-review.ts";
import { readOwnReview } from "./read-own-review.ts";
import { readDeliveredLines } from "./read-reviewable.ts";
import { readReviews } from "./read-reviews.ts";
import { writeReview } from "./write-review.ts";

let market: TestDatabase;
beforeAll(async () => {
  market = await createTestDatabase();
});
afterAll(() => market.drop());

const DAY_MS = 24 * 60 * 60_000;
const said = { stars: 4, body: "很甜", photoIds: [] as string[], seenVersion: 0 };

async function delivered(status?: string) {
  const household = await makeHousehold(market.db, { headName: "秘密" });
  const order = await makeDelivered(market.db, [[household]], { status });
  return { ...order, line: order.lines[0] as MadeLine, household };
}
const write = ({ scope }: MadeLine, more: Partial<typeof said> = {}, now?: Date) =>
  writeReview(market.db, scope, { ...said, ...more }, now);
const rowsOf = async ({ lineId }: MadeLine) =>
  market.db.selectFrom("reviews").selectAll().where("order_line_id", "=", lineId).execute();

describe("a review", () => {
  test("is written once, however often the form is sent and however close", async () => {
    const { line } = await delivered();
    const all = await Promise.all(Array.from({ length: 6 }, () => write(line)));
    expect(all.filter((one) => one.ok && one.isChanged)).toHaveLength(1);
    expect(all.every(({ ok }) => ok)).toBe(true);
    const [row, ...others] = await rowsOf(line);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ stars: 4, body: "很甜", version: 1, state: "shown" });
  });

  test("tells of its buyer the city alone", async () => {
    const { line } = await delivered();
    const photo = await linePhoto(market.db, line.lineId);
    await write(line, { photoIds: [photo] });
    const { reviews } = await readReviews(market.db, line.listingId, { before: null, limit: 9 });
    expect(reviews).toHaveLength(1);
    expect(reviews[0]).toMatchObject({ place: { zh: "成都市", en: "Chengdu" }, answer: null });
    expect(reviews[0]?.photos.map(({ id }) => id)).toEqual([photo]);
    for (const secret of ["王小明", "13800000000", "世纪大道", "TJ2026", "秘密"]) {
      expect(JSON.stringify(reviews)).not.toContain(secret);
    }
  });

  test("names the province where no city is written in an address", async () => {
    const { line } = await delivered();
    await sql`update regions set name_zh = '市辖区' where code = '510100'`.execute(market.db);
    await write(line);
    await sql`update regions set name_zh = '成都市' where code = '510100'`.execute(market.db);
    const { review: own } = await readOwnReview(market.db, line.scope);
    expect(own?.place?.zh).toBe("四川省");
  });

  test("may be changed for thirty days, and sent again as it is for ever", async () => {
    const { line } = await delivered();
    const written = new Date("2026-11-01T00:00:00Z");
    const later = (days: number) => new Date(written.getTime() + days * DAY_MS);
    await write(line, {}, written);
    const other = { body: "变了", seenVersion: 1 };
    expect(await write(line, other, later(29.9))).toMatchObject({ ok: true, isChanged: true });
    expect(await write(line, { seenVersion: 2 }, later(30))).toEqual({
      ok: false,
      reason: "too-late",
    });
    expect(await write(line, other, later(300))).toMatchObject({ ok: true, isChanged: false });
    const { review: own } = await readOwnReview(market.db, line.scope, later(30));
    expect(own).toMatchObject({ body: "变了", isEditable: false, editableUntil: later(30) });
  });

  test("is not written over by a form that has not seen it", async () => {
    const { line } = await delivered();
    await write(line);
    await write(line, { body: "甜", seenVersion: 1 });
    const late = await write(line, { body: "酸", seenVersion: 1 });
    expect(late).toEqual({ ok: false, reason: "review-changed" });
    expect((await rowsOf(line))[0]).toMatchObject({ body: "甜", version: 2 });
  });

  test("stays as it was once the operator has hidden it, and its buyer is told why", async () => {
    const { line } = await delivered();
    const reviewId = await review(market.db, line);
    const decision = { hide: true, reason: "other", note: "骂人" } as const;
    const asked = { reviewId, seenVersion: 1, decision };
    await decideReview(market.db, operatorScope({ userId: "operator" }), asked);
    expect(await write(line, { seenVersion: 1 })).toEqual({ ok: false, reason: "review-hidden" });
    const own = await readOwnReview(market.db, line.scope);
    expect(own.review).toMatchObject({
      isEditable: false,
      hidden: { reason: "other", note: "骂人" },
    });
  });

  test("is of what came, and brings only photos that were sent for it", async () => {
    const shipped = await delivered("shipped");
    expect(await write(shipped.line)).toEqual({ ok: false, reason: "not-delivered" });
    const { line } = await delivered();
    const { line: other } = await delivered();
    const strange = [await linePhoto(market.db, other.lineId)];
    expect(await write(line, { photoIds: strange })).toEqual({
      ok: false,
      reason: "photo-not-yours",
    });
    expect(await rowsOf(line)).toEqual([]);
  });

  test("is refused field by field", async () => {
    const { line } = await delivered();
    const photoIds = ["a", "b", "c", "d"];
    for (const stars of [0, 6, 2.5, Number.NaN]) {
      expect(await write(line, { stars })).toMatchObject({ problems: { stars: "choose" } });
    }
    expect(await write(line, { body: "加微信13800000000", photoIds })).toEqual({
      ok: false,
      reason: "review-invalid",
      problems: { body: "has-phone", photos: "photo-too-many-three" },
    });
  });
});

describe("a line of an order", () => {
  test("is its buyer's alone to speak of", async () => {
    const mine = await delivered();
    const other = await delivered();
    const { db } = market;
    const { number } = mine;
    const of = (lineId: string, who = mine.buyer) => findOwnLine(db, who, { number, lineId });
    expect(await of(mine.line.lineId)).toMatchObject({ orderLineId: mine.line.lineId });
    expect(await of(mine.line.lineId, other.buyer)).toBeNull();
    expect(await of(other.line.lineId)).toBeNull();
    expect(await of("x")).toBeNull();
    const open = await readDeliveredLines(db, mine.buyer, [number, other.number]);
    expect(open).toMatchObject([{ lineId: mine.line.lineId, stars: null }]);
    await write(mine.line);
    expect(await readDeliveredLines(db, mine.buyer, [number])).toMatchObject([{ stars: 4 }]);
    const shipped = await delivered("shipped");
    expect(await readDeliveredLines(db, shipped.buyer, [shipped.number])).toEqual([]);
  });
});
