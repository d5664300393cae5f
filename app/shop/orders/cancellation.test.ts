import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOLD_MS } from "#app/domain/orders/place-order.ts";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { expireOrder } from "#app/domain/payments/expire-order.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { action } from "./cancellation.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  database = await createTestDatabase();
  payments = await startTestPayments();
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});

type Made = Awaited<ReturnType<typeof makeCheckout>>;

function cancel({ number, buyer }: Made) {
  const context = {
    ...{ db: database.db, payments: payments.gateway, visitorId: buyer.visitorId },
    auth: { readSession: async () => null },
  } as unknown as ActionFunctionArgs["context"];
  const request = new Request(`http://market/orders/${number}/cancellation`, { method: "POST" });
  return action({ request, params: { number }, context });
}

test("an order that was closed at that very moment is told to be over, with nothing charged", async () => {
  const { db } = database;
  const listing = await makeListing(db);
  const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
  const late = new Date(Date.now() + 2 * HOLD_MS);
  expect(await expireOrder(db, payments.gateway, { orderId: order.orderId, now: late })).toEqual({
    ok: true,
    outcome: "expired",
  });
  const answer = await cancel(order);
  expect(answer.headers.get("location")).toBe(`/orders/${order.number}?news=over`);
});

test("an order whose payment is being looked into is not cancelled, and is not called closed", async () => {
  const { db } = database;
  const listing = await makeListing(db);
  const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
  await payments.pay(order.url);
  // What was paid is one fen short.
  await sql`update orders set freight_fen = freight_fen + 1, total_fen = total_fen + 1
    where id = ${order.orderId}`.execute(db);
  const { number, buyer } = order;
  for (let turn = 0; turn < 2; turn++) {
    const answer = await cancel(order);
    expect(answer.headers.get("location")).toBe(`/orders/${number}?news=payment-waits`);
  }
  expect(await readOrder(db, buyer, number)).toMatchObject({
    status: "pending-payment",
    isMoneyHeld: true,
  });
});
