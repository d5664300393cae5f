import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cancelOrder } from "#app/domain/payments/cancel-order.ts";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { carryOutRefunds, makeCheckout, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { type Arrival, arrivals } from "./order-path.ts";
import { loader as show } from "./page.tsx";
import { loader as comeBack } from "./return.ts";

type Made = Awaited<ReturnType<typeof makeCheckout>>;

let market: TestDatabase & { payments: TestPayments };
beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
});
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

const listed = async () => [{ listing: await makeListing(market.db), quantity: 1 }];
const unpaid = async () => makeCheckout(market.db, market.payments, await listed());
const paid = async () => makePaidCheckout(market.db, market.payments, await listed());

function args({ buyer, number }: Made, query: string, gateway?: Partial<PaymentGateway>) {
  const { db, payments } = market;
  const context = {
    ...{ db, locale: "zh", payments: { ...payments.gateway, ...gateway } },
    ...{ visitorId: buyer.visitorId, auth: { readSession: async () => null } },
  } as unknown as LoaderFunctionArgs["context"];
  return {
    request: new Request(`http://market/orders/${number}${query}`),
    params: { number },
    context,
  };
}

/** Of all kinds of news that an address may speak of, those that the order's page shows. */
async function shown(order: Made): Promise<Arrival[]> {
  const told: Arrival[] = [];
  for (const news of arrivals) {
    const { news: seen } = await show(args(order, `?news=${news}`));
    if (seen !== null) told.push(seen);
  }
  return [...new Set(told)];
}

const cancel = async (order: Made, withRefund = false) => {
  const { db, payments } = market;
  const { number } = order;
  return cancelOrder(db, payments.gateway, order.buyer, { number, withRefund });
};
/** Where the way back from paying leads with a checkout. */
const back = async (order: Made, session: string, gateway?: Partial<PaymentGateway>) => {
  const answer = await comeBack(args(order, `/return?session_id=${session}`, gateway));
  return answer.headers.get("location")?.replace(`/orders/${order.number}`, "");
};

test("an order that waits for its payment is never said to be paid, cancelled or refunded", async () => {
  expect(await shown(await unpaid())).toEqual([
    ...["confirming", "unpaid", "payments-unavailable", "amount-too-small", "address-corrected"],
    ...["payment-waits", "order-changed", "not-receivable"],
  ]);
});

test("an order cancelled before it was paid is only said to be that", async () => {
  const order = await unpaid();
  expect(await cancel(order)).toMatchObject({ ok: true });
  expect(await shown(order)).toEqual(["order-not-payable", "cancelled", "not-receivable"]);
});

test("an order that is paid is not said to be unpaid, refunded or received", async () => {
  expect(await shown(await paid())).toEqual([
    ...["paid", "order-not-payable", "order-not-cancellable", "order-changed", "not-receivable"],
  ]);
});

test("an order cancelled after it was paid is said to be refunded, and no more to be paid", async () => {
  const order = await paid();
  expect(await cancel(order, true)).toMatchObject({ ok: true });
  const news = ["order-not-payable", "cancelled-refunding", "not-receivable"];
  expect(await shown(order)).toEqual(news);
  await carryOutRefunds(market.db, market.payments, order.orderId);
  expect(await shown(order)).toEqual(expect.arrayContaining(news));
  expect(await shown(order)).not.toContain("paid");
  await sql`update refunds set status = 'failed' where order_id = ${order.orderId}`.execute(
    market.db,
  );
  expect(await shown(order)).not.toContain("cancelled-refunding");
});

test("an order that has come is said to be received, and one partly refunded on its way is not", async () => {
  const order = await paid();
  const set = (status: string, parcels: string) =>
    sql`with o as (update orders set status = ${status} where id = ${order.orderId})
      update parcels set status = ${parcels}, carrier = 'sf', tracking_number = 'SF1'
      where order_id = ${order.orderId}`.execute(market.db);
  await set("partly-refunded", "shipped");
  expect(await shown(order)).toEqual(expect.not.arrayContaining(["received", "not-receivable"]));
  await set("completed", "delivered");
  expect(await shown(order)).toEqual([
    ...["paid", "order-not-payable", "order-not-cancellable", "order-changed", "received"],
  ]);
});

test("a payment of another sum is said to be checked for as long as it is, also when the order is cancelled", async () => {
  const order = await unpaid();
  await market.payments.pay(order.url);
  await sql`update orders set freight_fen = freight_fen + 1, total_fen = total_fen + 1
    where id = ${order.orderId}`.execute(market.db);
  expect(await back(order, order.checkoutSessionId)).toBe("?news=checking");
  expect(await shown(order)).toEqual([
    ...["checking", "payment-waits", "order-changed", "not-receivable"],
  ]);
  await sql`update orders set status = 'cancelled' where id = ${order.orderId}`.execute(market.db);
  expect(await shown(order)).toEqual(["checking", "order-not-payable", "not-receivable"]);
});

test("a payment that came too late is said to go back", async () => {
  const { db, payments } = market;
  const lots = [{ household: await makeHousehold(db), quantity: 1 }];
  const listing = await makeListing(db, { lots });
  const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
  // Its time ran out, and somebody else has what it held.
  await sql`update orders set status = 'expired' where id = ${order.orderId}`.execute(db);
  await sql`update allocations set state = 'released' where lot_id = any(${listing.lotIds})`.execute(
    db,
  );
  await sql`update lots set held = 0, sold = 1 where id = any(${listing.lotIds})`.execute(db);
  await payments.pay(order.url);
  expect(await back(order, order.checkoutSessionId)).toBe("?news=refunding");
  expect(await shown(order)).toEqual([
    ...["refunding", "order-not-payable", "order-not-cancellable", "order-changed"],
    "not-receivable",
  ]);
});

test("the way back speaks only of a checkout that is the order's", async () => {
  const [mine, hers] = [await unpaid(), await paid()];
  const away = {
    retrieveCheckout: async () => ({ ok: false, reason: "payments-unavailable" }) as const,
  };
  expect(await back(mine, hers.checkoutSessionId)).toBe("");
  expect(await back(mine, hers.checkoutSessionId, away)).toBe("");
  expect(await back(hers, mine.checkoutSessionId)).toBe("");
  expect(await back(mine, mine.checkoutSessionId)).toBe("?news=unpaid");
  expect(await back(hers, hers.checkoutSessionId)).toBe("?news=paid");
  const confirming = `?news=confirming&session_id=${mine.checkoutSessionId}`;
  expect(await back(mine, mine.checkoutSessionId, away)).toBe(confirming);
  // Whose it is nobody here knows as long as the answer that told it is lost.
  await sql`update orders set checkout_session_id = null where id = ${mine.orderId}`.execute(
    market.db,
  );
  expect(await back(mine, mine.checkoutSessionId, away)).toBe(confirming);
  expect(await back(mine, hers.checkoutSessionId)).toBe("");
});
