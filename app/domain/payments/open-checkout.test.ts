import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { standingOf, stockOf } from "#tests/factories/look.ts";
import { makeBuyer, makeOrder } from "#tests/factories/orders.ts";
import { loseCheckout, makeCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { cancelOrder } from "./cancel-order.ts";
import { openCheckout } from "./open-checkout.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});

const MINUTE_MS = 60_000;
const publicUrl = "http://localhost:3000";

describe("the payment page of an order", () => {
  test("opens at another of the market's addresses though the first one's answer was lost", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    const { orderId, buyer } = order;
    await loseCheckout(db, orderId);
    const open = (publicUrl: string) =>
      openCheckout(db, payments.gateway, buyer, { orderId, publicUrl, now: payments.clock.now });
    const opened = await open("http://192.168.1.5:3000");
    expect(opened).toMatchObject({ ok: true });
    expect(await open(publicUrl)).toEqual(opened);
    if (opened.ok) expect(await payments.pay(opened.url)).toBe(true);
  });

  test("is the same after the cooperative and the produce were given other names meanwhile", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    const { orderId, buyer } = order;
    // Stripe's answer was lost.
    await loseCheckout(db, orderId);
    await db
      .updateTable("cooperatives")
      .set({ name_zh: "新名合作社", name_en: "Renamed" })
      .execute();
    await db.updateTable("listings").set({ title_zh: "新名苹果", title_en: "Renamed" }).execute();
    const now = payments.clock.now;
    const opened = await openCheckout(db, payments.gateway, buyer, { orderId, publicUrl, now });
    expect(opened).toEqual({ ok: true, url: order.url });
  });

  test("is not to be had, in words, while our clock is two minutes behind Stripe's", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const buyer = makeBuyer();
    const { orderId } = await makeOrder(db, [{ listing, quantity: 1 }], buyer, payments.clock.now);
    const now = payments.clock.now;
    payments.clock.aheadMs += 2 * MINUTE_MS;
    const opened = await openCheckout(db, payments.gateway, buyer, { orderId, publicUrl, now });
    payments.clock.aheadMs -= 2 * MINUTE_MS;
    expect(opened).toEqual({ ok: false, reason: "payments-unavailable" });
  });

  test("asked for all through an outage holds the stock no longer than twice the hold", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const placedAt = new Date();
    const { orderId, buyer } = await makeOrder(
      db,
      [{ listing, quantity: 1 }],
      makeBuyer(),
      placedAt,
    );
    const away: PaymentGateway = {
      ...payments.gateway,
      createCheckout: async () => ({ ok: false, reason: "payments-unavailable" }),
    };
    const seen: [minute: number, reason: string, heldFor: number][] = [];
    for (const minute of [0, 5, 15, 31, 32, 45, 61]) {
      const now = new Date(placedAt.getTime() + minute * MINUTE_MS);
      const opened = await openCheckout(db, away, buyer, { orderId, publicUrl, now });
      const { expires_at } = await db
        .selectFrom("orders")
        .select("expires_at")
        .where("id", "=", orderId)
        .executeTakeFirstOrThrow();
      const heldFor = (expires_at.getTime() - placedAt.getTime()) / MINUTE_MS;
      seen.push([minute, opened.ok ? "opened" : opened.reason, heldFor]);
    }
    expect(seen).toEqual([
      [0, "payments-unavailable", 31],
      [5, "payments-unavailable", 36],
      [15, "payments-unavailable", 46],
      [31, "payments-unavailable", 62],
      [32, "order-not-payable", 62],
      [45, "order-not-payable", 62],
      [61, "order-not-payable", 62],
    ]);
  });

  test("that opens while the order is cancelled takes no money, and the buyer is told", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const { orderId, buyer, number } = await makeOrder(db, [{ listing, quantity: 1 }]);
    const opened: string[] = [];
    // Between Stripe's answer and our note of it: nobody knows of a page to close.
    const cancelling: PaymentGateway = {
      ...payments.gateway,
      createCheckout: async (asked) => {
        const created = await payments.gateway.createCheckout(asked);
        if (created.ok) opened.push(created.checkout.url);
        expect(await cancelOrder(db, payments.gateway, buyer, { number })).toMatchObject({
          ok: true,
        });
        return created;
      },
    };
    expect(await openCheckout(db, cancelling, buyer, { orderId, publicUrl })).toEqual({
      ok: false,
      reason: "order-not-payable",
      status: "cancelled",
    });
    expect(opened).toHaveLength(1);
    expect(await payments.pay(opened[0] ?? "")).toBe(false);
    expect(await standingOf(db, orderId)).toMatchObject({ status: "cancelled", payments: [] });
    expect(await stockOf(db, listing.lotIds)).toEqual({ available: 10, held: 0, sold: 0 });
  });
});
