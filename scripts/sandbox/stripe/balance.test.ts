import type Stripe from "stripe";
import { beforeEach, describe, expect, test } from "vitest";
import { CARD, type Harness, paidSession, startHarness } from "#tests/setup/sandbox.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
  return () => harness.close();
});

const lines = (params: Stripe.BalanceTransactionListParams = {}) =>
  harness.stripe.balanceTransactions.list(params);

describe("the balance", () => {
  test("tells of a charge what it was, what it cost and what is left, and when that is ours", async () => {
    const { charge } = await paidSession(harness);
    const [line] = (await lines()).data;
    expect(line).toMatchObject({
      amount: 6780,
      fee: 466,
      net: 6314,
      type: "charge",
      reporting_category: "charge",
      source: charge.id,
      status: "pending",
    });
    expect(line?.fee_details).toMatchObject([{ amount: 466, type: "stripe_fee" }]);
    expect(Number(line?.available_on)).toBe(Number(line?.created) + 7 * 24 * 60 * 60);
    harness.advance(7 * DAY_MS);
    await expect
      .poll(async () => (await lines()).data[0])
      .toMatchObject({ net: 6314, status: "available" });
    const { available, pending } = await harness.stripe.balance.retrieve();
    expect([available[0]?.amount, pending[0]?.amount]).toEqual([6314, 0]);
  });

  test("is listed page by page, and only what was made in the time asked for", async () => {
    for (let paid = 0; paid < 3; paid++) {
      await paidSession(harness);
      harness.advance(DAY_MS);
    }
    const ids = (await lines()).data.map(({ id }) => id);
    const paged: string[] = [];
    for await (const { id } of lines({ limit: 1 })) paged.push(id);
    expect(paged).toEqual(ids);
    const [newest, , oldest] = (await lines()).data;
    const since = await lines({ created: { gte: Number(newest?.created) } });
    expect(since.data.map(({ id }) => id)).toEqual([newest?.id]);
    const until = await lines({ created: { lte: Number(oldest?.created) }, currency: "cny" });
    expect(until.data.map(({ id }) => id)).toEqual([oldest?.id]);
  });
});

describe("a refund", () => {
  test("that the buyer's bank sends back comes onto the balance again, and can be made anew", async () => {
    const { charge } = await paidSession(harness, CARD.sendsRefundsBack);
    const refund = await harness.stripe.refunds.create({ charge: charge.id });
    expect(refund.status).toBe("succeeded");
    harness.advance(2_000);
    await expect.poll(() => harness.types()).toContain("refund.failed");
    const failed = await harness.stripe.refunds.retrieve(refund.id);
    expect(failed).toMatchObject({ status: "failed", failure_reason: "expired_or_canceled_card" });
    const moved = (await lines({ source: refund.id })).data;
    expect(moved.map(({ id, reporting_category, net }) => [id, reporting_category, net])).toEqual([
      [failed.failure_balance_transaction, "refund_failure", 6780],
      [refund.balance_transaction, "refund", -6780],
    ]);
    expect(await harness.stripe.refunds.create({ charge: charge.id })).toMatchObject({
      amount: 6780,
    });
  });

  test("that the bank takes later is pending until then", async () => {
    const { charge } = await paidSession(harness, CARD.takesRefundsLate);
    const refund = await harness.stripe.refunds.create({ charge: charge.id });
    expect(refund.status).toBe("pending");
    harness.advance(2_000);
    await expect
      .poll(async () => (await harness.stripe.refunds.retrieve(refund.id)).status)
      .toBe("succeeded");
    expect((await lines({ source: refund.id })).data).toHaveLength(1);
  });
});
