import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { cancelOrder } from "#app/domain/payments/cancel-order.ts";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { carryOutRefunds, refusingForGood } from "#tests/factories/payments.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { readOrder } from "./read-order.ts";
import { receiptSums } from "./receipt-rule.ts";

let payments: TestPayments;
let database: TestDatabase;
beforeAll(async () => {
  payments = await startTestPayments();
});
afterAll(() => payments.close());

/** The product's worked example, paid, in a market of its own. */
async function makePaid() {
  database = await createTestDatabase();
  return makeCharged({ db: database.db, payments });
}

async function sumsOf({ buyer, number }: Awaited<ReturnType<typeof makePaid>>) {
  const order = await readOrder(database.db, buyer, number);
  if (!order) throw new Error("no order");
  const sums = receiptSums(order);
  const { goods, freight, otherBackFen, byBankFen, owedFen, staysFen } = sums;
  const back = goods.backFen + freight.backFen + otherBackFen + byBankFen + owedFen;
  expect(goods.paidFen + freight.paidFen).toBe(order.totalFen);
  expect(goods.paidFen + freight.paidFen - back, "the parts sum to the whole").toBe(staysFen);
  return sums;
}

const WHOLE = {
  goods: { paidFen: 5_980, backFen: 0 },
  freight: { paidFen: 800, backFen: 0 },
  ...{ otherBackFen: 0, byBankFen: 0, owedFen: 0, staysFen: 6_780 },
};

test("a receipt tells goods and freight apart, and what went back of each", async () => {
  const order = await makePaid();
  const { db } = database;
  expect(await sumsOf(order)).toEqual(WHOLE);
  const ask = (of: Parameters<typeof refundParcel>[2]["of"]) =>
    refundParcel(db, order.scope, { parcelId: order.parcelId, of, clientKey: uuidv7() });
  const some = { kind: "amount", orderLineId: order.lineId, fen: 500 } as const;
  expect(await ask(some)).toMatchObject({ ok: true });
  const asked = { ...WHOLE, goods: { paidFen: 5_980, backFen: 500 }, staysFen: 6_280 };
  expect(await sumsOf(order)).toEqual(asked);
  await carryOutRefunds(db, payments, order.orderId);
  expect(await sumsOf(order)).toEqual(asked);
  expect(await ask({ kind: "freight", fen: 300 })).toMatchObject({ ok: true });
  await carryOutRefunds(db, payments, order.orderId);
  expect(await sumsOf(order)).toEqual({
    ...asked,
    freight: { paidFen: 800, backFen: 300 },
    staysFen: 5_980,
  });
  await database.drop();
});

test("of an order that was called off nothing stays, and what could not go back is still owed", async () => {
  const order = await makePaid();
  const { db } = database;
  const { number, buyer } = order;
  await cancelOrder(db, payments.gateway, buyer, { number, withRefund: true });
  expect(await sumsOf(order)).toEqual({
    goods: { paidFen: 5_980, backFen: 5_980 },
    freight: { paidFen: 800, backFen: 800 },
    ...{ otherBackFen: 0, byBankFen: 0, owedFen: 0, staysFen: 0 },
  });
  await carryOutRefunds(db, refusingForGood(payments), order.orderId);
  expect(await sumsOf(order)).toEqual({ ...WHOLE, owedFen: 6_780, staysFen: 0 });
  await database.drop();
});
