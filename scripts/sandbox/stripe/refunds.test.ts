import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CARD, type Harness, paidSession, startHarness } from "#tests/setup/sandbox.ts";

describe("refunds", () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  test("parts can be given back until nothing is left, never more", async () => {
    const { charge, intent } = await paidSession(harness);
    const { refunds, charges } = harness.stripe;
    const first = await refunds.create({ payment_intent: intent.id, amount: 5000 });
    expect(first).toMatchObject({ status: "succeeded", amount: 5000, charge: charge.id });
    const tooMuch = refunds.create({ charge: charge.id, amount: 1781 });
    await expect(tooMuch).rejects.toMatchObject({ statusCode: 400, param: "amount" });
    expect((await charges.retrieve(charge.id)).refunded).toBe(false);
    const rest = await refunds.create({ charge: charge.id, reason: "requested_by_customer" });
    expect(rest.amount).toBe(1780);
    expect(await charges.retrieve(charge.id)).toMatchObject({
      amount_refunded: 6780,
      refunded: true,
    });
    const again = refunds.create({ charge: charge.id });
    await expect(again).rejects.toMatchObject({ code: "charge_already_refunded" });
    const listed = await refunds.list({ payment_intent: intent.id });
    expect(listed.data.map(({ id }) => id)).toEqual([rest.id, first.id]);
    const shown = await charges.retrieve(charge.id, { expand: ["refunds"] });
    expect(shown.refunds?.data).toHaveLength(2);
  });

  test("a refund takes its amount from the balance, and the first fee does not come back", async () => {
    const { charge } = await paidSession(harness);
    const before = await harness.stripe.balance.retrieve();
    const refund = await harness.stripe.refunds.create({
      charge: charge.id,
      amount: 1000,
      metadata: { claim: "7" },
      expand: ["balance_transaction"],
    });
    expect(refund.metadata).toEqual({ claim: "7" });
    expect(refund.balance_transaction).toMatchObject({ amount: -1000, fee: 0, net: -1000 });
    const lines = await harness.stripe.balanceTransactions.list({ source: refund.id });
    expect(lines.data).toHaveLength(1);
    const after = await harness.stripe.balance.retrieve();
    expect(Number(after.pending[0]?.amount) - Number(before.pending[0]?.amount)).toBe(-1000);
  });

  test("each refund is told by three events, with what was before", async () => {
    const { charge } = await paidSession(harness);
    const { received } = harness;
    await expect.poll(() => harness.types()).toContain("checkout.session.completed");
    received.length = 0;
    await harness.stripe.refunds.create(
      { charge: charge.id, amount: 1000 },
      { idempotencyKey: "k" },
    );
    await expect
      .poll(() => harness.types().sort())
      .toEqual(["charge.refunded", "refund.created", "refund.updated"]);
    const events = received.map(({ body }) => JSON.parse(body) as Stripe.Event);
    const refunded = events.find(({ type }) => type === "charge.refunded");
    expect(refunded?.data.previous_attributes).toMatchObject({ amount_refunded: 0 });
    expect(refunded?.request).toMatchObject({
      idempotency_key: "k",
      id: expect.stringMatching(/^req_/),
    });
  });

  test("there is nothing to refund before a payment, nor after a failed one", async () => {
    await expect(harness.stripe.refunds.create({})).rejects.toMatchObject({
      code: "parameter_missing",
    });
    const { id } = await harness.newSession();
    await harness.pay(id, CARD.declines);
    const session = await harness.stripe.checkout.sessions.retrieve(id);
    const refund = harness.stripe.refunds.create({
      payment_intent: String(session.payment_intent),
    });
    await expect(refund).rejects.toThrow(/does not have a successful charge/);
  });
});

describe("disputes", () => {
  test.each([
    ["won", 0],
    ["lost", -6780 - 10_000],
  ] as const)("a dispute that is %s leaves the right money", async (verdict, expected) => {
    const harness = await startHarness();
    const { charge } = await paidSession(harness, CARD.disputes);
    const { data } = await harness.stripe.disputes.list({ charge: charge.id });
    const dispute = data[0] as Stripe.Dispute;
    expect(dispute).toMatchObject({ amount: 6780, status: "needs_response", charge: charge.id });
    const refund = harness.stripe.refunds.create({ charge: charge.id });
    await expect(refund).rejects.toMatchObject({ code: "charge_disputed" });
    const path = `disputes/${dispute.id}/closing`;
    expect((await harness.control(path, { status: verdict })).status).toBe(200);
    expect((await harness.control(path, { status: verdict })).status).toBe(409);
    const closed = await harness.stripe.disputes.retrieve(dispute.id);
    expect(closed.status).toBe(verdict);
    const moved = closed.balance_transactions.reduce((sum, { net }) => sum + net, 0);
    expect(moved).toBe(expected);
    await expect.poll(() => harness.types()).toContain("charge.dispute.closed");
    expect(harness.types()).toContain("charge.dispute.created");
    expect(harness.types().includes("charge.dispute.funds_reinstated")).toBe(verdict === "won");
    await harness.close();
  });
});
