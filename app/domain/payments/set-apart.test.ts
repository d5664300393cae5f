import { beforeEach, describe, expect, test } from "vitest";
import { booksOf } from "#tests/factories/look.ts";
import { changingRefunds } from "#tests/factories/payments.ts";
import { openTwoBoxesMarket, type TwoBoxesMarket } from "#tests/setup/two-boxes-market.ts";
import { settleRefunds } from "./settle-refunds.ts";

let market: TwoBoxesMarket["market"];
let boxes: TwoBoxesMarket["boxes"];
beforeEach(async () => {
  const opened = await openTwoBoxesMarket();
  ({ market, boxes } = opened);
  return opened.close;
});

const byHand = (fen: number) =>
  market.payments.stripe.refunds.create({ charge: boxes.chargeId, amount: fen });

/** All is heard of at once, when the refunds of ours have failed so many seconds after the last by hand. */
async function hearLate(secondsAfter: number | null) {
  const failing = changingRefunds(market.payments.gateway, ({ ourRefundId }, all) => {
    if (ourRefundId === null) return {};
    const hand = all.findLast((each) => each.ourRefundId === null);
    if (!hand) throw new Error("nothing was given by hand");
    const failedAt =
      secondsAfter === null ? null : new Date(hand.createdAt.getTime() + secondsAfter * 1_000);
    return { status: "failed", failure: "declined", failedAt };
  });
  for (const _look of [1, 2]) {
    await settleRefunds(market.db, failing, { chargeId: boxes.chargeId });
  }
}

describe("what somebody gave by hand while a refund of ours stood at Stripe, heard of late", () => {
  test("is on its own once that has failed, as if it had been heard of at once", async () => {
    await boxes.ask(1_000);
    await boxes.carryOut();
    await byHand(1_000);
    await hearLate(1);
    expect(await boxes.owed()).toBe(1_000);
    expect(await booksOf(market.db)).toMatchObject({ "owed:aa": -1_000 });
    expect(await boxes.refunds()).toEqual(["1000 failed goods", "1000 succeeded by-hand"]);
  });

  test.each([
    ["a refund had failed before", -1],
    ["it failed in the same second", 0],
    ["Stripe does not say when it failed", null],
  ])("stands for it where %s", async (_, seconds) => {
    await boxes.ask(1_000);
    await boxes.carryOut();
    await byHand(1_000);
    await hearLate(seconds);
    expect(await boxes.owed()).toBe(0);
  });
});

test("what was asked for after somebody gave as much by hand that nobody had heard of is not given twice", async () => {
  await byHand(1_000);
  await boxes.ask(1_000);
  await boxes.carryOut();
  const { data } = await market.payments.stripe.refunds.list({ charge: boxes.chargeId });
  expect(data.map(({ amount }) => amount)).toEqual([1_000]);
  expect(await boxes.refunds()).toEqual(["1000 succeeded goods"]);
});
