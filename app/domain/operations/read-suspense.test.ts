import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { planTransfer } from "../payments/plan-transfer.ts";
import { settlePayment } from "../payments/settle-payment.ts";
import { readSuspense } from "./read-suspense.ts";

const operator = operatorScope({ userId: "operator" });
let market: TestDatabase & { payments: TestPayments };
beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
});
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

test("of a payment put aside only that is left which a bank has not taken for good", async () => {
  const { db, payments } = market;
  const listing = await makeListing(db);
  const order = await makeCheckout(db, payments, [{ listing, quantity: 2 }]);
  await payments.pay(order.url);
  // As if another amount had been asked for: what was paid is not what the order comes to.
  await sql`update orders set produce_fen = produce_fen + 1, total_fen = total_fen + 1
    where id = ${order.orderId}`.execute(db);
  expect(await settlePayment(db, payments.gateway, order)).toMatchObject({ outcome: "suspended" });
  const disputed = { orderId: order.orderId, id: "dp_1" };

  await settleDisputed(db, payments, { ...disputed, fen: 3_000, status: "lost" });
  const { rows } = await readSuspense(db, operator, { limit: 9 });
  expect(rows).toMatchObject([{ paidFen: 6_780, leftFen: 3_780 }]);
  const owedFor = { paymentId: rows[0]?.id ?? "" };
  expect(await planTransfer(db, operator, { owedFor })).toMatchObject({ owed: { owedFen: 3_780 } });

  await settleDisputed(db, payments, { ...disputed, id: "dp_2", fen: 3_780, status: "lost" });
  expect(await readSuspense(db, operator, { limit: 9 })).toEqual({ count: 0, rows: [] });
  expect((await verifyLedger(db)).differences).toEqual([]);
});
