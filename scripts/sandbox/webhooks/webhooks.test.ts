import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CARD, type Harness, paidSession, SECRET, startHarness } from "#tests/setup/sandbox.ts";
import type { Delivery } from "./deliveries.ts";

const PAID = ["charge.succeeded", "checkout.session.completed", "payment_intent.succeeded"];

describe("webhooks", () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.close());
  const deliveries = async () =>
    ((await harness.read("/_control/deliveries")) as { deliveries: Delivery[] }).deliveries;
  const arrived = (count: number) => expect.poll(() => harness.received).toHaveLength(count);
  const settled = () =>
    expect
      .poll(async () => (await deliveries()).every(({ state }) => state === "delivered"))
      .toBe(true);
  const quiet = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  test("a payment is told by three events that the SDK can verify", async () => {
    const { session } = await paidSession(harness);
    await arrived(3);
    expect(harness.types().sort()).toEqual(PAID);
    for (const { body, signature } of harness.received) {
      const event = harness.stripe.webhooks.constructEvent(body, signature, SECRET);
      expect(event).toMatchObject({ object: "event", livemode: false });
      expect(() => harness.stripe.webhooks.constructEvent(`${body} `, signature, SECRET)).toThrow(
        /signature/,
      );
      expect(() => harness.stripe.webhooks.constructEvent(body, signature, "whsec_x")).toThrow();
    }
    const completed = harness.received
      .map(({ body }) => JSON.parse(body) as Stripe.Event)
      .find(({ type }) => type === "checkout.session.completed");
    expect(completed?.data.object).toMatchObject({ id: session.id, payment_status: "paid" });
    expect(completed?.data.object).not.toHaveProperty("line_items");
    await settled();
  });

  test("a delayed event waits, and its signature is as old as the attempt, not as the event", async () => {
    await harness.control("webhooks", { delayMs: 3_600_000 });
    await paidSession(harness);
    await quiet(100);
    expect(harness.received).toHaveLength(0);
    harness.advance(3_601_000);
    await harness.control("webhooks", { delayMs: 0 });
    await harness.pay((await harness.newSession()).id, CARD.pays);
    await arrived(6);
    const { body, signature } = harness.received[0] ?? { body: "", signature: "" };
    const signedAt = Number(/^t=(\d+),v1=[0-9a-f]{64}$/.exec(signature)?.[1]);
    expect(signedAt - (JSON.parse(body) as Stripe.Event).created).toBeGreaterThanOrEqual(3600);
  });

  test("what is answered with an error is sent again until it is taken, waiting longer each time", async () => {
    harness.receiver.answer = (count) => (count <= 9 ? 500 : 200);
    await paidSession(harness);
    await arrived(12);
    await settled();
    const all = await deliveries();
    expect(all.map(({ attempts }) => attempts)).toEqual([4, 4, 4]);
    const waits = all.map(({ created_at, delivered_at }) => Number(delivered_at) - created_at);
    // 20 + 40 + 80 ms between the four attempts.
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(140);
    const ids = harness.received.map(({ body }) => (JSON.parse(body) as Stripe.Event).id);
    expect(new Set(ids).size).toBe(3);
  });

  test("a redirect is no answer", async () => {
    harness.receiver.answer = () => 302;
    await paidSession(harness);
    await arrived(6);
    expect((await deliveries())[0]).toMatchObject({ state: "pending", answer: 302 });
  });

  test("the duplicate switch sends every event that many times more", async () => {
    await harness.control("webhooks", { duplicate: 2 });
    await paidSession(harness);
    await arrived(9);
    const ids = harness.received.map(({ body }) => (JSON.parse(body) as Stripe.Event).id);
    expect(new Set(ids).size).toBe(3);
  });

  test("the disorder switch brings the last event first", async () => {
    await harness.control("webhooks", { disorder: true });
    await paidSession(harness);
    await arrived(3);
    expect(harness.types()).toEqual([
      "checkout.session.completed",
      "payment_intent.succeeded",
      "charge.succeeded",
    ]);
  });

  test("the drop switch sends nothing, until someone asks for the delivery", async () => {
    await harness.control("webhooks", { drop: true });
    await paidSession(harness);
    await quiet(150);
    expect(harness.received).toHaveLength(0);
    const [last] = await deliveries();
    expect(last).toMatchObject({ state: "dropped", type: "checkout.session.completed" });
    const again = await harness.control(`deliveries/${last?.id}/redelivery`, {});
    expect(again.status).toBe(202);
    await arrived(1);
    expect(harness.types()).toEqual(["checkout.session.completed"]);
    expect((await harness.control("deliveries/99999/redelivery", {})).status).toBe(404);
  });

  test("a failed payment is told too", async () => {
    const { id } = await harness.newSession();
    await harness.pay(id, CARD.declines);
    await arrived(2);
    expect(harness.types().sort()).toEqual(["charge.failed", "payment_intent.payment_failed"]);
  });

  test("a switch that does not exist, a value that makes no sense and a missing key are refused", async () => {
    expect((await harness.control("webhooks", { explode: true })).status).toBe(400);
    expect((await harness.control("webhooks", { delayMs: -1 })).status).toBe(400);
    expect((await harness.call("/_control/webhooks")).status).toBe(401);
    expect(await harness.read("/_control/webhooks")).toMatchObject({ duplicate: 0, drop: 0 });
  });
});

test("what could not be sent before a restart is sent after it, under the same switches", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sandbox-test-"));
  const first = await startHarness({ dataDir, retryBaseMs: 60_000 });
  first.receiver.answer = () => 503;
  await paidSession(first);
  await expect.poll(() => first.received).toHaveLength(3);
  await first.control("webhooks", { disorder: true });
  await first.close();
  const second = await startHarness({ dataDir, now: () => Date.now() + 120_000 });
  await expect.poll(() => second.types().sort()).toEqual(PAID);
  expect(await second.read("/_control/webhooks")).toMatchObject({ disorder: true });
  await second.close();
  rmSync(dataDir, { recursive: true });
});
