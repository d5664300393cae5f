import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Harness, ORDER, paidSession, startHarness } from "#tests/setup/sandbox.ts";

describe("checkout sessions", () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  test("a new session is open, unpaid, totals its lines and has a page", async () => {
    const session = await harness.newSession();
    expect(session).toMatchObject({
      object: "checkout.session",
      status: "open",
      payment_status: "unpaid",
      amount_total: 6780,
      currency: "cny",
      client_reference_id: "TJ1",
      metadata: { order: "TJ1" },
      payment_intent: null,
      payment_method_types: ["card", "alipay", "wechat_pay"],
      livemode: false,
    });
    expect(session.url).toBe(`${harness.sandbox.url}/pay/${session.id}`);
    expect(session.expires_at - session.created).toBe(24 * 60 * 60);
    expect(session.lastResponse.requestId).toMatch(/^req_/);
    expect(session.lastResponse.apiVersion).toBe(Stripe.API_VERSION);
  });

  test("lines are shown only to who asks for them", async () => {
    const { id } = await harness.newSession();
    const plain = await harness.stripe.checkout.sessions.retrieve(id);
    expect(plain.line_items).toBeUndefined();
    const full = await harness.stripe.checkout.sessions.retrieve(id, { expand: ["line_items"] });
    expect(full.line_items?.data.map((line) => line.amount_total)).toEqual([5980, 800]);
    expect(full.line_items?.data[0]?.price?.unit_amount_decimal?.toString()).toBe("2990");
    const lines = await harness.stripe.checkout.sessions.listLineItems(id, { limit: 1 });
    expect(lines).toMatchObject({ has_more: true, data: [{ description: "苹果", quantity: 2 }] });
  });

  test("allowed and excluded ways to pay narrow what the page offers", async () => {
    const only = await harness.newSession({ allowed_payment_method_types: ["card"] });
    expect(only.payment_method_types).toEqual(["card"]);
    const without = await harness.newSession({ excluded_payment_method_types: ["alipay"] });
    expect(without.payment_method_types).toEqual(["card", "wechat_pay"]);
  });

  test("an open session can be expired once, and a paid one never", async () => {
    const { id } = await harness.newSession();
    const expired = await harness.stripe.checkout.sessions.expire(id);
    expect(expired).toMatchObject({ status: "expired", url: null });
    await expect(harness.stripe.checkout.sessions.expire(id)).rejects.toThrow(
      /status of `expired`/,
    );
    const { session } = await paidSession(harness);
    await expect(harness.stripe.checkout.sessions.expire(session.id)).rejects.toThrow(/`complete`/);
  });

  test("the intent carries what payment_intent_data said", async () => {
    const { id } = await harness.newSession({
      payment_intent_data: { description: "TJ1", metadata: { accounts: "LS-000123" } },
    });
    await harness.pay(id, "4242424242424242");
    const { data } = await harness.stripe.paymentIntents.list({ limit: 1 });
    expect(data[0]).toMatchObject({ description: "TJ1", metadata: { accounts: "LS-000123" } });
  });

  test("a paid session expands down to its charge's line in the balance", async () => {
    const { session, intent, charge } = await paidSession(harness);
    expect(session).toMatchObject({ status: "complete", payment_status: "paid", url: null });
    expect(intent).toMatchObject({ status: "succeeded", amount_received: 6780 });
    expect(charge).toMatchObject({ paid: true, amount: 6780, refunded: false });
    // 3.4 % of ¥67.80 is ¥2.31, and ¥2.35 on top.
    expect(charge.balance_transaction).toMatchObject({ amount: 6780, fee: 466, net: 6314 });
    const found = await harness.stripe.checkout.sessions.list({ payment_intent: intent.id });
    expect(found.data.map(({ id }) => id)).toEqual([session.id]);
  });

  test("lists are newest first and page without gap or repetition", async () => {
    const made: string[] = [];
    for (let count = 0; count < 5; count++) made.unshift((await harness.newSession()).id);
    const seen: string[] = [];
    for await (const session of harness.stripe.checkout.sessions.list({ limit: 2 })) {
      seen.push(session.id);
      if (seen.length === 5) break;
    }
    expect(seen).toEqual(made);
    const before = await harness.stripe.checkout.sessions.list({
      ending_before: String(made[3]),
      limit: 2,
    });
    expect(before.data.map(({ id }) => id)).toEqual([made[1], made[2]]);
    const open = await harness.stripe.checkout.sessions.list({ status: "complete", limit: 100 });
    expect(new Set(open.data.map(({ status }) => status))).toEqual(new Set(["complete"]));
  });

  test("events can be retrieved and listed by type", async () => {
    await paidSession(harness);
    const { data } = await harness.stripe.events.list({ type: "charge.succeeded", limit: 3 });
    expect(data[0]).toMatchObject({ type: "charge.succeeded", api_version: Stripe.API_VERSION });
    const again = await harness.stripe.events.retrieve(String(data[0]?.id));
    expect(again.data.object).toEqual(data[0]?.data.object);
    const two = await harness.stripe.events.list({
      types: ["charge.succeeded", "payment_intent.succeeded"],
    });
    expect(new Set(two.data.map(({ type }) => type)).size).toBe(2);
  });
});

describe("time", () => {
  test("a session expires by itself at its hour, tells so once, and takes no money afterwards", async () => {
    const harness = await startHarness();
    const expires_at = Math.floor(Date.now() / 1000) + 1800;
    const { id } = await harness.newSession({ expires_at });
    harness.advance(1_801_000);
    const page = await harness.pay(id, "4242424242424242");
    expect(page.status).toBe(410);
    await expect.poll(() => harness.types()).toEqual(["checkout.session.expired"]);
    const second = await harness.newSession({ expires_at: expires_at + 3600 });
    harness.advance(3_601_000);
    await expect.poll(() => harness.types()).toHaveLength(2);
    const expired = await harness.stripe.checkout.sessions.retrieve(second.id);
    expect(expired.status).toBe("expired");
    await harness.close();
  });

  test("what a sandbox knew, it knows after a restart", async () => {
    const { mkdtempSync, rmSync } = await import("node:fs");
    const dataDir = mkdtempSync("/tmp/sandbox-test-");
    const first = await startHarness({ dataDir });
    const open = await first.newSession();
    const paid = await paidSession(first);
    await first.close();
    const second = await startHarness({ dataDir });
    const again = await second.stripe.checkout.sessions.retrieve(paid.session.id);
    expect(again.payment_status).toBe("paid");
    expect((await second.pay(open.id, "4242424242424242")).status).toBe(303);
    await second.close();
    rmSync(dataDir, { recursive: true });
  });

  test("the same order without a page of its own keeps the base path of its public address", async () => {
    const harness = await startHarness({ publicUrl: "http://shop.test/sandbox/" });
    const session = await harness.stripe.checkout.sessions.create(ORDER);
    expect(session.url).toBe(`http://shop.test/sandbox/pay/${session.id}`);
    expect((await harness.call(`/sandbox/pay/${session.id}`)).status).toBe(200);
    expect((await harness.call(`/pay/${session.id}`)).status).toBe(200);
    await harness.close();
  });

  test("a phone that reached the market by a number pays under that number", async () => {
    const harness = await startHarness({ publicUrl: "http://localhost:3000/sandbox" });
    const session = await harness.stripe.checkout.sessions.create({
      ...ORDER,
      success_url: "http://192.0.2.7:3000/orders/TJ1/return?session_id={CHECKOUT_SESSION_ID}",
    });
    expect(session.url).toBe(`http://192.0.2.7:3000/sandbox/pay/${session.id}`);
    await harness.close();
  });
});
