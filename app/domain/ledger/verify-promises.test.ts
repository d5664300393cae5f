import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { foundIn } from "#tests/factories/forge.ts";
import { carryOutRefunds } from "#tests/factories/payments.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { keepRefund } from "../payments/keep-refund.ts";
import { settleRefunds } from "../payments/settle-refunds.ts";

let market: TestDatabase & { payments: TestPayments };
let refundId: string;

/** ¥10.00 were given back and did not arrive; ¥4.00 of it were given again by hand. */
beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
  const { db } = market;
  const { scope, parcelId, orderId, chargeId } = await makeCharged(market);
  const of = { kind: "amount", fen: 1_000 } as const;
  const asked = await refundParcel(db, scope, { parcelId, of, clientKey: "k" });
  if (!asked.ok) throw new Error(asked.reason);
  refundId = asked.refundId;
  await carryOutRefunds(db, payments, orderId);
  await keepRefund(db, { id: refundId, orderId }, { id: "re_back", status: "failed" });
  await payments.stripe.refunds.create({ charge: chargeId, amount: 400 });
  await settleRefunds(db, payments.gateway, { chargeId });
  expect(await foundIn(db, [])).toEqual([]);
});
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

const KEPT = sql`select id from ledger_transactions where idempotency_key like 'refund-owed:%'`;

test.each<[string, RawBuilder<unknown>[]]>([
  [
    "was never kept",
    [
      sql`delete from postings where transaction_id in (${KEPT})`,
      sql`delete from ledger_transactions where id in (${KEPT})`,
    ],
  ],
  ["is another amount", [sql`update postings set fen = fen - 5 where transaction_id in (${KEPT})`]],
  [
    "was given in its stead more than once over",
    [sql`update refund_parts set fen = fen + 700 where replaces_refund_id is not null`],
  ],
  [
    "was given, and is said to have been in nobody's stead",
    [sql`update refund_parts set replaces_refund_id = null`],
  ],
  ["is kept of one that arrived", [sql`update refunds set status = 'succeeded'`]],
])("the ledger shows when what is owed of a failed refund %s", async (_, forgeries) => {
  const found = await foundIn(market.db, forgeries);
  expect(found).toContainEqual({ kind: "promise-differs", refundId });
});
