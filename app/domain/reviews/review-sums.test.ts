import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { type MadeLine, makeDelivered, review, wrongSums } from "#tests/factories/reviews.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { decideReview } from "./decide-review.ts";
import { readHouseholdAverage, readRating } from "./read-rating.ts";
import { writeReview } from "./write-review.ts";

let market: TestDatabase;
let homes: MadeHousehold[];
let cooperativeId: string;
beforeAll(async () => {
  market = await createTestDatabase();
  const cooperative = await makeCooperative(market.db);
  cooperativeId = cooperative.id;
  homes = [];
  for (let home = 0; home < 3; home++) {
    homes.push(await makeHousehold(market.db, { cooperative }));
  }
});
afterAll(() => market.drop());

const operator = operatorScope({ userId: "operator" });
const hide = (reviewId: string, seenVersion = 1) =>
  decideReview(market.db, operator, {
    ...{ reviewId, seenVersion },
    decision: { hide: true, reason: "abuse", note: "" },
  });
const keep = (reviewId: string, seenVersion = 1) =>
  decideReview(market.db, operator, {
    ...{ reviewId, seenVersion },
    decision: { hide: false, reason: "opinion", note: "" },
  });

async function lineOf(households: MadeHousehold[], listingId?: string): Promise<MadeLine> {
  const [line] = (await makeDelivered(market.db, [households], { listingId })).lines;
  if (!line) throw new Error("no line");
  return line;
}

describe("the average", () => {
  test("is of what is shown, of a listing, its cooperative and every household of the line", async () => {
    const { db } = market;
    const line = await lineOf(homes);
    const { listingId } = line;
    const other = await lineOf(homes.slice(0, 1), listingId);
    const first = await review(db, line, { stars: 2 });
    await review(db, other, { stars: 5 });
    expect(await readRating(db, "listing", listingId)).toEqual({ average: "3.5", count: 2 });
    await hide(first);
    expect(await readRating(db, "listing", listingId)).toEqual({ average: "5.0", count: 1 });
    await hide(first);
    expect(await readRating(db, "household", homes[1]?.id ?? "")).toBeNull();
    await keep(first);
    expect(await readRating(db, "listing", listingId)).toEqual({ average: "3.5", count: 2 });
    const changed = { stars: 4, body: "", photoIds: [], seenVersion: 1 };
    await writeReview(db, line.scope, changed);
    expect(await readRating(db, "listing", listingId)).toEqual({ average: "4.5", count: 2 });
    expect(await readRating(db, "household", homes[1]?.id ?? "")).toMatchObject({ average: "4.0" });
    expect(await wrongSums(db)).toEqual([]);
  });

  test("of a household says nothing of one buyer's or two buyers' stars", async () => {
    const { db } = market;
    const home = await makeHousehold(db);
    for (const stars of [5, 4]) await review(db, await lineOf([home]), { stars });
    expect(await readHouseholdAverage(db, home.id)).toBeNull();
    await review(db, await lineOf([home]), { stars: 4 });
    expect(await readHouseholdAverage(db, home.id)).toEqual({ average: "4.3", least: 3 });
  });

  test("is right after many were written, changed, hidden and kept at once", async () => {
    const { db } = market;
    const listing = await makeListing(db, {
      lots: homes.map((household) => ({ household, quantity: 9 })),
    });
    const lines: MadeLine[] = [];
    for (let at = 0; at < 12; at++) lines.push(await lineOf(homes.slice(at % 3), listing.id));
    const ids: string[] = [];
    for (const [at, line] of lines.slice(0, 6).entries()) {
      ids.push(await review(db, line, { stars: 1 + (at % 5) }));
    }
    // All of them come to the sum of the listing at the same moment.
    const lock = sql`select from review_sums where kind = 'listing' and id = ${listing.id} for update`;
    const all = await raceBehind<unknown>(db, lock, 9, [
      ...lines.slice(6).map((line, at) => () => review(db, line, { stars: 5 - (at % 5) })),
      () => hide(ids[0] ?? ""),
      () => hide(ids[0] ?? ""),
      () => hide(ids[1] ?? ""),
      () => keep(ids[1] ?? ""),
      () =>
        writeReview(db, (lines[2] as MadeLine).scope, {
          ...{ stars: 5, body: "好", photoIds: [], seenVersion: 1 },
        }),
    ]);
    expect(all).toHaveLength(11);
    expect(await wrongSums(db)).toEqual([]);
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from reviews
      where listing_id = ${listing.id} and state = 'shown'`.execute(db);
    const rating = await readRating(db, "listing", listing.id);
    expect(rating?.count).toBe(rows[0]?.count);
    expect(rows[0]?.count).toBeGreaterThan(9);
    expect((await readRating(db, "cooperative", cooperativeId))?.count).toBeGreaterThan(11);
  });
});

describe("the database itself", () => {
  test("takes no review of what has not come, nor one that names another's listing", async () => {
    const { db } = market;
    const [line] = (await makeDelivered(db, [homes], { status: "shipped" })).lines;
    const other = await lineOf(homes);
    const put = (lineId: string, listingId: string) =>
      sql`insert into reviews (id, order_line_id, listing_id, cooperative_id, stars)
        values (gen_random_uuid(), ${lineId}, ${listingId}, ${cooperativeId}, 5)`.execute(db);
    await expect(put(line?.lineId ?? "", line?.listingId ?? "")).rejects.toThrow("delivered line");
    await expect(put(other.lineId, line?.listingId ?? "")).rejects.toThrow("delivered line");
    await put(other.lineId, other.listingId);
  });

  test("lets the market's own role change no sum by hand, and every sum by a review", async () => {
    const { db } = market;
    const line = await lineOf(homes);
    await db.transaction().execute(async (trx) => {
      await sql`set local role tianji_app`.execute(trx);
      await trx
        .insertInto("reviews")
        .values({
          ...{ id: crypto.randomUUID(), order_line_id: line.lineId, stars: 3 },
          ...{ listing_id: line.listingId, cooperative_id: cooperativeId },
        })
        .execute();
    });
    expect(await readRating(db, "listing", line.listingId)).toEqual({ average: "3.0", count: 1 });
    const byHand = db.transaction().execute(async (trx) => {
      await sql`set local role tianji_app`.execute(trx);
      await sql`update review_sums set stars = shown * 5`.execute(trx);
    });
    await expect(byHand).rejects.toThrow("permission denied");
  });
});
