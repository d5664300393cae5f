import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { type MadeLine, makeDelivered, review } from "#tests/factories/reviews.ts";
import { coopScope, operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { answerReview } from "./answer-review.ts";
import { decideReview } from "./decide-review.ts";
import { countUnanswered, readCoopReview, readCoopReviews } from "./read-coop-reviews.ts";
import { countReported, readDecided, readReported, readReportedReview } from "./read-reported.ts";
import { readReviews, readShownReview } from "./read-reviews.ts";
import { reportReview } from "./report-review.ts";
import { writeReview } from "./write-review.ts";

let market: TestDatabase;
beforeAll(async () => {
  market = await createTestDatabase();
});
afterAll(() => market.drop());

const operator = operatorScope({ userId: "operator" });

async function reviewed(more: Parameters<typeof review>[2] = {}) {
  const household = await makeHousehold(market.db);
  const line = (await makeDelivered(market.db, [[household]])).lines[0] as MadeLine;
  const reviewId = await review(market.db, line, { stars: 2, body: "烂了", ...more });
  const manager = coopScope({ userId: "manager", cooperativeId: household.cooperativeId });
  return { household, line, reviewId, manager };
}
const report = (reviewId: string, who = makeBuyer(), key = uuidv7()) =>
  reportReview(market.db, who, { reviewId, reason: "abuse", key });
const decide = (reviewId: string, isHidden: boolean, seenVersion = 1, note = "") =>
  decideReview(market.db, operator, {
    ...{ reviewId, seenVersion },
    decision: isHidden
      ? { hide: true, reason: "abuse", note }
      : { hide: false, reason: "opinion", note },
  });
const isOpen = async (reviewId: string) => {
  const { rows } = await readReported(market.db, operator, { limit: 99 });
  return rows.some(({ id }) => id === reviewId);
};

describe("an answer", () => {
  test("is the cooperative's one, which it may write anew", async () => {
    const { reviewId, manager, line } = await reviewed();
    const answer = (body: string, seenVersion: number, who = manager) =>
      answerReview(market.db, who, { reviewId, body, seenVersion });
    expect(await countUnanswered(market.db, manager)).toBe(1);
    expect(await answer("对不起", 0)).toEqual({ ok: true, isChanged: true });
    expect(await answer("对不起 ", 0)).toEqual({ ok: true, isChanged: false });
    expect(await answer("别的", 0)).toEqual({ ok: false, reason: "answer-changed" });
    expect(await answer("补发", 1)).toEqual({ ok: true, isChanged: true });
    const { reviews } = await readReviews(market.db, line.listingId, { before: null, limit: 9 });
    expect(reviews[0]?.answer).toMatchObject({ body: "补发", isEdited: true });
    expect(await countUnanswered(market.db, manager)).toBe(0);
    for (const body of ["", "电话13800000000", "<b>", "田".repeat(1001)]) {
      expect(await answer(body, 2)).toMatchObject({ reason: "answer-invalid" });
    }
  });

  test("is of one's own cooperative, to what is shown", async () => {
    const { reviewId, manager } = await reviewed();
    const other = coopScope({ userId: "x", cooperativeId: uuidv7() });
    const asked = { reviewId, body: "好", seenVersion: 0 };
    const missing = { ok: false, reason: "review-not-found" };
    expect(await answerReview(market.db, other, asked)).toEqual(missing);
    expect(await readCoopReview(market.db, other, reviewId)).toBeNull();
    expect(await answerReview(market.db, manager, { ...asked, reviewId: "x" })).toEqual(missing);
    await decide(reviewId, true);
    expect(await answerReview(market.db, manager, asked)).toEqual(missing);
    const page = { before: null, limit: 9, isUnanswered: true };
    expect((await readCoopReviews(market.db, manager, page)).reviews).toEqual([]);
  });
});

describe("a report", () => {
  test("counts once for each reporter and each form, and names nobody", async () => {
    const { reviewId } = await reviewed();
    const who = makeBuyer();
    expect(await report(reviewId, who)).toEqual({ ok: true, isNew: true });
    expect(await report(reviewId, who)).toEqual({ ok: true, isNew: false });
    const key = uuidv7();
    const [first, second] = [
      await report(reviewId, makeBuyer(), key),
      await report(reviewId, makeBuyer(), key),
    ];
    expect([first, second].map((one) => one.ok && one.isNew)).toEqual([true, false]);
    const rows = await market.db
      .selectFrom("review_reports")
      .select("reporter")
      .where("review_id", "=", reviewId)
      .execute();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain(who.visitorId);
    const { rows: open } = await readReported(market.db, operator, { limit: 99 });
    const found = open.find(({ id }) => id === reviewId);
    expect(found?.reports).toEqual([{ reason: "abuse", count: 2 }]);
  });

  test("of what is kept asks nobody again until it is written anew", async () => {
    const { reviewId, line } = await reviewed();
    await report(reviewId);
    await decide(reviewId, false);
    await report(reviewId);
    expect(await isOpen(reviewId)).toBe(false);
    const anew = { stars: 1, body: "更烂", photoIds: [], seenVersion: 1 };
    await writeReview(market.db, line.scope, anew);
    await report(reviewId);
    expect(await isOpen(reviewId)).toBe(true);
  });

  test("finds nothing that is hidden, unknown or no id", async () => {
    const { reviewId } = await reviewed();
    await decide(reviewId, true);
    for (const id of [reviewId, uuidv7(), "x"]) {
      expect(await report(id)).toEqual({ ok: false, reason: "review-not-found" });
      expect(await readShownReview(market.db, id)).toBeNull();
    }
  });
});

describe("the operator", () => {
  test("hides or keeps with a reason, and who and when is written down", async () => {
    const { reviewId, line } = await reviewed();
    await report(reviewId);
    const before = await countReported(market.db, operator);
    expect(await decide(reviewId, true)).toEqual({ ok: true, isNew: true });
    expect(await decide(reviewId, true)).toEqual({ ok: true, isNew: false });
    expect(await countReported(market.db, operator)).toBe(before - 1);
    const shown = await readReviews(market.db, line.listingId, { before: null, limit: 9 });
    expect(shown).toEqual({ rating: null, reviews: [], older: null });
    await decide(reviewId, false, 1, "看错了");
    const found = await readReportedReview(market.db, operator, reviewId);
    expect(found?.decisions).toMatchObject([
      { action: "review.kept", by: "operator", reason: "opinion", note: "看错了" },
      { action: "review.hidden", by: "operator", reason: "abuse", at: expect.any(Date) },
    ]);
    const [last] = await readDecided(market.db, operator, { limit: 1 });
    expect(last).toMatchObject({ id: reviewId, action: "review.kept" });
    expect(await isOpen(reviewId)).toBe(false);
  });

  test("decides only of what was looked at, and says why where no word is ready", async () => {
    const { reviewId, line } = await reviewed();
    const anew = { stars: 5, body: "改好了", photoIds: [], seenVersion: 1 };
    await writeReview(market.db, line.scope, anew);
    expect(await decide(reviewId, true)).toEqual({ ok: false, reason: "review-changed" });
    const other = { hide: true, reason: "other", note: " " } as const;
    const asked = { reviewId, seenVersion: 2, decision: other };
    expect(await decideReview(market.db, operator, asked)).toEqual({
      ok: false,
      reason: "note-missing",
    });
    expect(await decide(reviewId, true, 2, "田".repeat(201))).toMatchObject({ ok: false });
    expect(await decide("x", true)).toEqual({ ok: false, reason: "review-not-found" });
  });
});

test("reviews go page by page, newest first, each once", async () => {
  const { line } = await reviewed();
  const household = await makeHousehold(market.db);
  const first = (await makeDelivered(market.db, [[household]])).lines[0] as MadeLine;
  const all: string[] = [await review(market.db, first)];
  for (let at = 0; at < 6; at++) {
    const { lines } = await makeDelivered(market.db, [[household]], { listingId: first.listingId });
    all.push(await review(market.db, lines[0] as MadeLine));
  }
  const seen: string[] = [];
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readReviews>> = await readReviews(
      market.db,
      first.listingId,
      { before, limit: 3 },
    );
    seen.push(...page.reviews.map(({ id }) => id));
    before = page.older;
  } while (before);
  expect(seen).toEqual(all.reverse());
  const odd = await readReviews(market.db, line.listingId, { before: "x' or 1", limit: 3 });
  expect(odd.reviews).toHaveLength(1);
});
