import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { loseCheckout, makeCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { mayLook } from "./ask-rarely.ts";
import { settleReturn } from "./settle-return.ts";

let database: TestDatabase;
let payments: TestPayments;
let asked: string[];
let gateway: PaymentGateway;
beforeAll(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});
beforeEach(() => {
  asked = [];
  gateway = {
    ...payments.gateway,
    retrieveCheckout: (id) => {
      asked.push(id);
      return payments.gateway.retrieveCheckout(id);
    },
  };
});

const make = async () => {
  const { db } = database;
  return makeCheckout(db, payments, [{ listing: await makeListing(db), quantity: 1 }]);
};
const comeBack = (order: { orderId: string }, checkoutSessionId: string) =>
  settleReturn(database.db, gateway, { orderId: order.orderId, checkoutSessionId });

test("who comes back with a checkout that is not the order's has Stripe asked nothing", async () => {
  const [mine, hers] = [await make(), await make()];
  const unknown = { ok: false, reason: "unknown-checkout" };
  expect(await comeBack(mine, "cs_test_made_up")).toEqual(unknown);
  expect(await comeBack(mine, hers.checkoutSessionId)).toEqual(unknown);
  await loseCheckout(database.db, mine.orderId);
  expect(await comeBack(mine, hers.checkoutSessionId)).toEqual(unknown);
  expect(asked).toEqual([]);
  expect(await comeBack(mine, mine.checkoutSessionId)).toMatchObject({ outcome: "unpaid" });
});

test("who comes back over and over has Stripe asked a few times only, and is paid all the same", async () => {
  const order = await make();
  for (let turn = 0; turn < 9; turn++) await comeBack(order, order.checkoutSessionId);
  expect(asked).toHaveLength(3);
  expect(await comeBack(order, order.checkoutSessionId)).toEqual({
    ...{ ok: false, reason: "payments-unavailable" },
  });
  await loseCheckout(database.db, order.orderId);
  expect(await comeBack(order, "cs_test_tried")).toMatchObject({ reason: "unknown-checkout" });
  expect(asked).toHaveLength(3);
  const [start, other] = [Date.now(), await make()];
  await payments.pay(other.url);
  expect(await comeBack(other, other.checkoutSessionId)).toMatchObject({ outcome: "settled" });
  expect(mayLook(order.orderId, start)).toBe(false);
  expect(mayLook(order.orderId, start + 5_001)).toBe(true);
});
