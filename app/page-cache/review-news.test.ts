import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { answerReview } from "#app/domain/reviews/answer-review.ts";
import { decideReview } from "#app/domain/reviews/decide-review.ts";
import { reportReview } from "#app/domain/reviews/report-review.ts";
import { writeReview } from "#app/domain/reviews/write-review.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { linePhoto, type MadeLine, makeDelivered } from "#tests/factories/reviews.ts";
import { coopScope, operatorScope } from "#tests/factories/scopes.ts";
import { openTwoServers } from "#tests/setup/two-servers.ts";

let market: Awaited<ReturnType<typeof openTwoServers>>;
let line: MadeLine;
beforeAll(async () => {
  market = await openTwoServers();
});
beforeEach(async () => {
  const { household, listing } = await market.restart();
  const order = await makeDelivered(market.db, [[household]], { listingId: listing.id });
  line = order.lines[0] as MadeLine;
  await news();
});
afterAll(() => market.close());

/** What was told of listings since the last time. */
async function news(): Promise<string[]> {
  const mark = await market.allHeard();
  return market.first.heard.splice(0).filter((said) => said !== mark);
}

async function write(body: string, seenVersion = 0, photoIds: string[] = []): Promise<string> {
  const said = { stars: 4, body, photoIds, seenVersion };
  const written = await writeReview(market.db, line.scope, said);
  if (!written.ok) throw new Error(written.reason);
  return written.reviewId;
}

it("tells of a review, of another in its stead, of its answers and of its going", async () => {
  const { db } = market;
  const operator = operatorScope({ userId: "operator" });
  const manager = coopScope({ userId: "manager", cooperativeId: line.cooperativeId });
  const told = [line.listingId];
  const reviewId = await write("甜");
  expect(await news()).toEqual(told);
  await write("酸", 1);
  expect(await news()).toEqual(told);
  for (const [seenVersion, body] of ["谢谢", "谢谢您"].entries()) {
    await answerReview(db, manager, { reviewId, body, seenVersion });
    expect(await news()).toEqual(told);
  }
  const decision = { hide: true, reason: "abuse", note: "" } as const;
  await decideReview(db, operator, { reviewId, seenVersion: 2, decision });
  expect(await news()).toEqual(told);
});

it("tells of a photo that can be shown from now on", async () => {
  const { db } = market;
  const photo = await linePhoto(db, line.lineId);
  const of = () => db.updateTable("photos").where("id", "=", photo);
  await of().set({ state: "waiting" }).execute();
  await write("甜", 0, [photo]);
  await news();
  await of().set({ state: "ready" }).execute();
  expect(await news()).toEqual([line.listingId]);
});

it("tells nobody of what no page shows: a report, what is kept, the same words again", async () => {
  const { db } = market;
  const reviewId = await write("甜");
  await news();
  await write("甜");
  const key = crypto.randomUUID();
  await reportReview(db, makeBuyer(), { reviewId, reason: "other", key });
  const decision = { hide: false, reason: "opinion", note: "" } as const;
  const operator = operatorScope({ userId: "operator" });
  await decideReview(db, operator, { reviewId, seenVersion: 1, decision });
  expect(await news()).toEqual([]);
});

it("drops the pages that stand ready, on every server", async () => {
  for (const { look } of market.both) await look(`/produce/${line.listingId}`);
  await write("甜");
  for (const { pages } of market.both) await expect.poll(() => pages.bytes()).toBe(0);
});
