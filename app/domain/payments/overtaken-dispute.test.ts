import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { settleDispute } from "./settle-dispute.ts";
import { sweepExpired } from "./sweep-expired.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

/** An order that is paid and disputed at Stripe; nobody here has heard of it yet. */
async function makeDisputed() {
  const order = await makeCharged(market, "4000000000000259");
  const { data } = await market.payments.stripe.disputes.list({ limit: 1 });
  return { ...order, disputeId: data[0]?.id ?? "" };
}

/** A look whose answer is on its way until it is let go; `asked` once Stripe has answered. */
function lookSlowly(disputeId: string) {
  const { gateway } = market.payments;
  const asked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  let looks = 0;
  const slow = {
    ...gateway,
    async retrieveDispute(id: string) {
      const found = await gateway.retrieveDispute(id);
      looks += 1;
      asked.resolve();
      if (looks === 1) await goOn.promise;
      return found;
    },
  };
  const settled = settleDispute(market.db, slow, { disputeId });
  return { asked: asked.promise, letGo: goOn.resolve, settled, looks: () => looks };
}

const lookNow = (disputeId: string) =>
  settleDispute(market.db, market.payments.gateway, { disputeId });

describe.each(["lost", "won"] as const)("a dispute that is %s", (verdict) => {
  test.each([
    ["the first look", false],
    ["a later look", true],
  ])("while %s at it is on its way stays so when that arrives", async (_which, isKnown) => {
    const { orderId, disputeId } = await makeDisputed();
    if (isKnown) await lookNow(disputeId);
    const older = lookSlowly(disputeId);
    await older.asked;
    await market.payments.closeDispute(disputeId, verdict);
    expect(await lookNow(disputeId)).toEqual({ ok: true, outcome: verdict });
    const stands = async () => [await standingOf(market.db, orderId), await booksOf(market.db)];
    const before = await stands();
    expect(before).toMatchObject([{ status: verdict === "lost" ? "refunded" : "paid" }, {}]);
    older.letGo();
    expect(await older.settled).toEqual({ ok: true, outcome: verdict });
    expect(older.looks()).toBe(2);
    expect(await stands()).toEqual(before);
  });
});

test("a look that others overtake each time gives up, to be tried again", async () => {
  const { orderId, disputeId } = await makeDisputed();
  const { gateway } = market.payments;
  const overtaken = {
    ...gateway,
    async retrieveDispute(id: string) {
      const found = await gateway.retrieveDispute(id);
      await lookNow(id);
      return found;
    },
  };
  await expect(settleDispute(market.db, overtaken, { disputeId })).rejects.toThrow();
  expect(await standingOf(market.db, orderId)).toMatchObject({ status: "disputed" });
});

test("an open dispute is looked at once a day, a decided one no more", async () => {
  const { db } = market;
  const { disputeId } = await makeDisputed();
  const queued = async (hours: number) => {
    await sql`delete from graphile_worker._private_jobs`.execute(db);
    await sweepExpired(db, { now: new Date(Date.now() + hours * 3_600_000) });
    const { rows } = await sql<{ key: string }>`select key from graphile_worker.jobs`.execute(db);
    return rows.map(({ key }) => key);
  };
  await lookNow(disputeId);
  expect(await queued(23)).toEqual([]);
  expect(await queued(25)).toEqual([`settle-dispute:${disputeId}`]);
  await market.payments.closeDispute(disputeId, "won");
  await lookNow(disputeId);
  expect(await queued(25)).toEqual([]);
});
