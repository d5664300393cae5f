import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import { cancelParcel } from "#app/domain/parcels/cancel-parcel.ts";
import { packParcel } from "#app/domain/parcels/pack-parcel.ts";
import { readParcelLeft } from "#app/domain/parcels/plan-parcel-refund.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { shipParcel } from "#app/domain/parcels/ship-parcel.ts";
import { makeCharged, SOLD } from "#tests/factories/charged-orders.ts";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { booksOf, standingOf, stockOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { cancelOrder } from "./cancel-order.ts";
import { refundPayment } from "./refund-payment.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

type Order = Awaited<ReturnType<typeof makeCharged>>;

const dispute = (
  { orderId }: { orderId: string },
  fen: number,
  status: "needs_response" | "won" | "lost",
  id = "dp_1",
) => settleDisputed(market.db, market.payments, { orderId, fen, status, id });

const statusOf = async (order: { orderId: string }) =>
  (await standingOf(market.db, order.orderId)).status;
const accept = ({ scope, parcelId }: Order) => acceptParcel(market.db, scope, { parcelId });
async function ship({ scope, parcelId }: Pick<Order, "scope" | "parcelId">) {
  await acceptParcel(market.db, scope, { parcelId });
  await packParcel(market.db, scope, { parcelId });
  const sent = { parcelId, carrier: "sf", trackingNumber: "SF1234567890" } as const;
  expect(await shipParcel(market.db, scope, sent)).toMatchObject({ ok: true });
}
const giveBack = (order: Order, of: Parameters<typeof refundParcel>[2]["of"], clientKey = "form") =>
  refundParcel(market.db, order.scope, { parcelId: order.parcelId, of, clientKey });
const callOff = ({ scope, parcelId }: Order) =>
  cancelParcel(market.db, scope, { parcelId, reason: "霜冻" });
/** What each relief account was given and gave, by the line it was for: the tags of the sale. */
async function taggedOf(order: { orderId: string }) {
  const { rows } = await sql<{ code: string; fen: number }>`
    select r.code, sum(p.fen)::bigint as fen from postings p
    join order_lines l on l.id = p.order_line_id
    join relief_accounts r on r.id = p.relief_account_id
    where l.order_id = ${order.orderId} group by 1 having sum(p.fen) <> 0`.execute(market.db);
  return Object.fromEntries(rows.map(({ code, fen }) => [code, fen]));
}

describe("a dispute of a part of a payment", () => {
  test("lost: the order goes on as partly refunded, and the loss is the market's", async () => {
    const order = await makeCharged(market);
    await dispute(order, 100, "needs_response");
    expect(await statusOf(order)).toBe("disputed");
    await dispute(order, 100, "lost");
    await dispute(order, 100, "lost");
    expect(await standingOf(market.db, order.orderId)).toMatchObject({
      status: "partly-refunded",
      payments: [{ status: "partly-refunded" }],
    });
    const view = await readOrder(market.db, order.buyer, order.number);
    expect(view).toMatchObject({ lostFen: 100, refundFen: 0 });
    expect(await booksOf(market.db)).toEqual({
      ...SOLD,
      "stripe:clearing": 6_680,
      "dispute-loss:market": 100,
    });
    await ship(order);
    expect(await stockOf(market.db, order.listing.lotIds)).toMatchObject({ sold: 2 });
    expect(await booksOf(market.db)).toMatchObject({ "dispute-loss:market": 100 });
  });

  test("lost: what may still be given back is what was paid less that", async () => {
    const order = await makeCharged(market);
    await ship(order);
    await dispute(order, 2_000, "lost");
    const { scope, parcelId } = order;
    expect(await readParcelLeft(market.db, scope, parcelId)).toMatchObject({
      lines: [{ leftFen: 4_780, units: 1 }],
      freightFen: 800,
    });
    expect(await giveBack(order, { kind: "amount", fen: 4_781 })).toEqual({
      ok: false,
      reason: "more-than-left",
      leftFen: 4_780,
    });
    expect(await giveBack(order, { kind: "all" })).toMatchObject({ ok: true, fen: 4_780 });
    expect(await giveBack(order, { kind: "freight", fen: 1 }, "more")).toMatchObject({
      reason: "more-than-left",
      leftFen: 0,
    });
    expect(await readParcelLeft(market.db, scope, parcelId)).toEqual({ lines: [], freightFen: 0 });
    await carryOutRefunds(market.db, market.payments, order.orderId);
    expect(await standingOf(market.db, order.orderId)).toMatchObject({
      status: "refunded",
      payments: [{ status: "refunded" }],
    });
  });

  test("lost, and the rest refunded before: the order is refunded and what stayed is called off", async () => {
    const order = await makeCharged(market);
    await giveBack(order, { kind: "amount", fen: 1_000 });
    await carryOutRefunds(market.db, market.payments, order.orderId);
    await dispute(order, 5_780, "lost");
    expect(await statusOf(order)).toBe("refunded");
    expect(await stockOf(market.db, order.listing.lotIds)).toEqual({
      ...{ available: 5, held: 0, sold: 0 },
    });
    expect(await booksOf(market.db)).toEqual({});
  });

  test("lost, and the rest refunded after it: the same", async () => {
    const order = await makeCharged(market);
    await dispute(order, 5_780, "lost");
    expect(await statusOf(order)).toBe("partly-refunded");
    expect(await giveBack(order, { kind: "all" })).toMatchObject({ fen: 1_000 });
    await carryOutRefunds(market.db, market.payments, order.orderId);
    expect(await statusOf(order)).toBe("refunded");
    expect(await stockOf(market.db, order.listing.lotIds)).toMatchObject({ available: 5, sold: 0 });
    expect(await booksOf(market.db)).toEqual({});
    await dispute(order, 5_780, "lost");
    expect(await booksOf(market.db)).toEqual({});
  });

  test("lost, and the parcel called off then: the goods' share pays the bank's part too", async () => {
    const order = await makeCharged(market);
    await dispute(order, 2_000, "lost");
    expect(await callOff(order)).toMatchObject({ ok: true });
    await carryOutRefunds(market.db, market.payments, order.orderId);
    expect(await standingOf(market.db, order.orderId)).toMatchObject({
      status: "refunded",
      refunds: [{ fen: 4_780, status: "succeeded" }],
    });
    expect(await booksOf(market.db)).toEqual({});
    expect(await taggedOf(order)).toEqual({});
  });

  test("won: nothing has changed", async () => {
    const order = await makeCharged(market);
    await accept(order);
    await dispute(order, 100, "needs_response");
    await dispute(order, 100, "won");
    expect(await standingOf(market.db, order.orderId)).toMatchObject({
      status: "packing",
      payments: [{ status: "succeeded" }],
    });
    expect(await booksOf(market.db)).toEqual(SOLD);
  });

  test("lost beside another that is open: the parcel waits for both, then goes on", async () => {
    const order = await makeCharged(market);
    await dispute(order, 100, "needs_response", "dp_1");
    await dispute(order, 200, "needs_response", "dp_2");
    await dispute(order, 100, "lost", "dp_1");
    expect(await statusOf(order)).toBe("disputed");
    expect(await accept(order)).toEqual({ ok: false, reason: "order-stopped" });
    await dispute(order, 200, "won", "dp_2");
    expect(await statusOf(order)).toBe("partly-refunded");
    expect(await accept(order)).toMatchObject({ ok: true });
  });

  test("two lost that are the whole: refunded with the second", async () => {
    const order = await makeCharged(market);
    await ship(order);
    await dispute(order, 6_000, "lost", "dp_1");
    await dispute(order, 780, "needs_response", "dp_2");
    await dispute(order, 780, "lost", "dp_2");
    expect(await statusOf(order)).toBe("refunded");
    expect(await booksOf(market.db)).toMatchObject({
      "relief:LS-000123": -5_622,
      "dispute-loss:market": 6_780,
    });
  });
});

describe("a dispute lost before shipping", () => {
  test("takes back what the goods on sale again had brought; sold anew, they are paid once", async () => {
    const order = await makeCharged(market);
    await dispute(order, 6_780, "lost");
    expect(await booksOf(market.db)).toEqual({});
    expect(await taggedOf(order)).toEqual({});
    const { rows } = await sql<{ code: string; fen: number; tagged: boolean }>`
      select a.code, p.fen, p.order_line_id is not null as tagged from ledger_transactions t
      join postings p on p.transaction_id = t.id join ledger_accounts a on a.id = p.account_id
      where t.idempotency_key like 'dispute-returned:%' order by a.code`.execute(market.db);
    expect(rows).toEqual([
      { code: "coop-fee:yanyuan", fen: 358, tagged: true },
      { code: "dispute-loss:market", fen: -6_780, tagged: false },
      { code: "freight:yanyuan", fen: 800, tagged: false },
      { code: "relief:LS-000123", fen: 5_622, tagged: true },
    ]);
    await makePaidCheckout(market.db, market.payments, [{ listing: order.listing, quantity: 2 }]);
    expect(await booksOf(market.db)).toEqual(SOLD);
  });

  test("leaves the household its money for what has left", async () => {
    const order = await makeCharged(market);
    await ship(order);
    await dispute(order, 6_780, "lost");
    expect(await booksOf(market.db)).toMatchObject({
      "relief:LS-000123": -5_622,
      "dispute-loss:market": 6_780,
    });
  });

  test("after the buyer cancelled and her refund waited for it: the same, once", async () => {
    const order = await makeCharged(market);
    const cancelled = await cancelOrder(market.db, market.payments.gateway, order.buyer, {
      number: order.number,
      withRefund: true,
    });
    expect(cancelled).toMatchObject({ ok: true, refundFen: 6_780 });
    await dispute(order, 6_780, "needs_response");
    await dispute(order, 6_780, "lost");
    const { refunds } = await standingOf(market.db, order.orderId);
    const refused = {
      ...market.payments.gateway,
      refund: async () => {
        return { ok: false as const, reason: "refund-refused" as const, code: "charge_disputed" };
      },
    };
    expect(await booksOf(market.db)).toEqual({});
    await refundPayment(market.db, refused, { refundId: refunds[0]?.id ?? "" });
    expect(await booksOf(market.db)).toEqual({});
    await dispute(order, 6_780, "lost");
    expect(await booksOf(market.db)).toEqual({});
  });
});
