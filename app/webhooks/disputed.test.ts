import type Stripe from "stripe";
import { beforeEach, describe, expect, test } from "vitest";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import { packParcel } from "#app/domain/parcels/pack-parcel.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { shipParcel } from "#app/domain/parcels/ship-parcel.ts";
import { settleDispute } from "#app/domain/payments/settle-dispute.ts";
import { makeCharged, SOLD } from "#tests/factories/charged-orders.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { startReachableMarket } from "#tests/setup/webhooks.ts";

let market: Awaited<ReturnType<typeof startReachableMarket>>;
beforeEach(async () => {
  market = await startReachableMarket();
  await market.payments.control({ duplicate: 2, disorder: true });
  return () => market.close();
});

const DISPUTED = "4000000000000259";
const standing = (order: { orderId: string }) => standingOf(market.db, order.orderId);

describe("a payment that the buyer's bank disputes", () => {
  async function makeDisputed() {
    const order = await makeCharged(market, DISPUTED);
    const { data } = await market.payments.stripe.disputes.list({ limit: 1 });
    const { id: disputeId } = data[0] as Stripe.Dispute;
    return { ...order, disputeId };
  }
  const accept = ({ scope, parcelId }: Awaited<ReturnType<typeof makeCharged>>) =>
    acceptParcel(market.db, scope, { parcelId });

  test("stops the parcel; what was withdrawn and its fee stand in the books, once", async () => {
    const order = await makeDisputed();
    await market.hear("charge.dispute.created", order.disputeId);
    // Heard by webhook alone; asking again changes nothing.
    expect((await standing(order)).status).toBe("disputed");
    await settleDispute(market.db, market.payments.gateway, order);
    expect(await booksOf(market.db)).toEqual({
      ...SOLD,
      "stripe:clearing": -10_000,
      "dispute:withdrawn": 6_780,
      "stripe-fee:disputes": 10_000,
    });
    expect(await standing(order)).toMatchObject({
      status: "disputed",
      payments: [{ status: "disputed" }],
    });
    expect(await accept(order)).toEqual({ ok: false, reason: "order-stopped" });
    const { scope, parcelId } = order;
    const asked = { parcelId, of: { kind: "all" }, clientKey: "form" } as const;
    expect(await refundParcel(market.db, scope, asked)).toEqual({
      ok: false,
      reason: "payment-disputed",
    });
    const view = await readOrder(market.db, order.buyer, order.number);
    expect(view?.status).toBe("disputed");
  });

  test("won: money and fee are back, and the parcel goes on", async () => {
    const order = await makeDisputed();
    await market.hear("charge.dispute.created", order.disputeId);
    await market.payments.closeDispute(order.disputeId, "won");
    await market.hear("charge.dispute.closed", order.disputeId);
    expect((await standing(order)).status).toBe("paid");
    await settleDispute(market.db, market.payments.gateway, order);
    expect(await booksOf(market.db)).toEqual(SOLD);
    expect(await standing(order)).toMatchObject({
      status: "paid",
      payments: [{ status: "succeeded" }],
    });
    expect(await accept(order)).toMatchObject({ ok: true });
  });

  const stockOf = (listingId: string) =>
    market.db
      .selectFrom("lots")
      .select(["available", "sold"])
      .where("listing_id", "=", listingId)
      .executeTakeFirstOrThrow();
  const parcelsOf = (orderId: string) =>
    market.db.selectFrom("parcels").select(["status"]).where("order_id", "=", orderId).execute();

  test("won, while another of the same payment is open: the parcel waits for both", async () => {
    const order = await makeDisputed();
    const { gateway } = market.payments;
    const decided: Record<string, string> = { [order.disputeId]: "needs_response", second: "open" };
    const two = {
      ...gateway,
      async retrieveDispute(id: string) {
        const found = await gateway.retrieveDispute(order.disputeId);
        if (!found.ok) return found;
        const dispute = { ...found.dispute, id, status: decided[id] ?? "", movements: [] };
        return { ...found, dispute };
      },
    };
    const settle = (disputeId: string) => settleDispute(market.db, two, { disputeId });
    await settle(order.disputeId);
    await settle("second");
    decided[order.disputeId] = "won";
    await settle(order.disputeId);
    expect((await standing(order)).status).toBe("disputed");
    expect(await accept(order)).toEqual({ ok: false, reason: "order-stopped" });
    decided.second = "won";
    await settle("second");
    expect((await standing(order)).status).toBe("paid");
  });

  async function ship(order: Awaited<ReturnType<typeof makeCharged>>) {
    const { scope, parcelId } = order;
    await accept(order);
    await packParcel(market.db, scope, { parcelId });
    const sent = { parcelId, carrier: "sf", trackingNumber: "SF1234567890" } as const;
    expect(await shipParcel(market.db, scope, sent)).toMatchObject({ ok: true });
  }

  test("lost, and heard of only then: the loss is the market's, the household keeps its money", async () => {
    const order = await makeDisputed();
    await ship(order);
    await market.payments.closeDispute(order.disputeId, "lost");
    await market.hear("charge.dispute.closed", order.disputeId);
    expect((await standing(order)).status).toBe("refunded");
    await settleDispute(market.db, market.payments.gateway, order);
    expect(await booksOf(market.db)).toEqual({
      ...SOLD,
      "stripe:clearing": -10_000,
      "stripe-fee:disputes": 10_000,
      "dispute-loss:market": 6_780,
    });
    expect((await standing(order)).status).toBe("refunded");
  });

  test("lost before it was shipped: the parcel is off and its goods are on sale again, once", async () => {
    const order = await makeDisputed();
    await accept(order);
    await market.hear("charge.dispute.created", order.disputeId);
    expect(await stockOf(order.listingId)).toEqual({ available: 3, sold: 2 });
    const [row] = await market.db.selectFrom("disputes").select(["reason", "due_at"]).execute();
    expect(row?.reason).toBe("fraudulent");
    expect(Number(row?.due_at)).toBeGreaterThan(Date.now());
    await market.payments.closeDispute(order.disputeId, "lost");
    await market.hear("charge.dispute.closed", order.disputeId);
    await settleDispute(market.db, market.payments.gateway, order);
    expect(await stockOf(order.listingId)).toEqual({ available: 5, sold: 0 });
    expect(await parcelsOf(order.orderId)).toEqual([{ status: "cancelled" }]);
    expect(await accept(order)).toEqual({ ok: false, reason: "parcel-cancelled" });
    const view = await readOrder(market.db, order.buyer, order.number);
    expect(view?.parcels[0]?.events.map(({ kind }) => kind)).toEqual([
      "waiting",
      "accepted",
      "cancelled",
    ]);
  });

  test("lost after it was shipped: what left is gone", async () => {
    const order = await makeDisputed();
    await ship(order);
    await market.payments.closeDispute(order.disputeId, "lost");
    await market.hear("charge.dispute.closed", order.disputeId);
    expect((await standing(order)).status).toBe("refunded");
    expect(await stockOf(order.listingId)).toEqual({ available: 3, sold: 2 });
    expect(await parcelsOf(order.orderId)).toEqual([{ status: "shipped" }]);
  });
});
