import { sql } from "kysely";
import { expect, test } from "vitest";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { differencesOf } from "#tests/factories/balance.ts";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { booksOf } from "#tests/factories/look.ts";
import { carryOutRefunds, refusingForGood } from "#tests/factories/payments.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { makeTransfer } from "#tests/factories/transfers.ts";
import { openPayingMarket } from "#tests/setup/paying-market.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { cancelOrder } from "./cancel-order.ts";
import { settleRefunds } from "./settle-refunds.ts";
import { takeBackTransfer } from "./take-back-transfer.ts";

const operator = operatorScope({ userId: "operator" });

/** A Stripe that takes 30 fen of each refund. */
function charging(gateway: PaymentGateway): PaymentGateway {
  return {
    ...gateway,
    listMovements: async (asked) => {
      const page = await gateway.listMovements(asked);
      if (!page.ok) return page;
      const withFee = page.movements.map((moved) =>
        moved.category === "refund" ? { ...moved, feeFen: 30 } : moved,
      );
      return { ...page, movements: withFee };
    },
  };
}

test("what was given twice by hand and is counted anew, however often, keeps the fee that Stripe took of it", async () => {
  const market = await openPayingMarket();
  const { db, payments } = market;
  const { buyer, number, orderId, chargeId } = await makeCharged(market);
  await cancelOrder(db, payments.gateway, buyer, { number, withRefund: true });
  await carryOutRefunds(db, refusingForGood(payments), orderId);
  const owedFor = { orderNumber: number };
  const transfers = [
    await makeTransfer(db, { owedFor, fen: 5_000, reference: "ICBC-1" }),
    await makeTransfer(db, { owedFor, fen: 1_780, reference: "ICBC-2" }),
  ];
  await payments.stripe.refunds.create({ charge: chargeId, amount: 6_780 });

  for (const refundId of [null, ...transfers]) {
    if (refundId) await takeBackTransfer(db, operator, { refundId, fault: "transfer-returned" });
    await settleRefunds(db, payments.gateway, { chargeId });
    const now = new Date(Date.now() + 5 * 3_600_000);
    await reconcile(db, charging(payments.gateway), { now });
    expect(await differencesOf(db)).toEqual([]);
    expect((await verifyLedger(db)).differences).toEqual([]);
    expect(await booksOf(db)).toMatchObject({ "stripe-fee:refunds": 30 });
  }
  const anew = await sql`select from refunds where idempotency_key like '%:again:%'`.execute(db);
  expect(anew.rows).toHaveLength(2);
  await market.drop();
});
