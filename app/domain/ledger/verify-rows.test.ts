import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { carryOutRefunds, makeCheckout, makePaidCheckout } from "#tests/factories/payments.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { keepRefund } from "../payments/keep-refund.ts";
import { settlePayment } from "../payments/settle-payment.ts";
import { sealLedger } from "./seal-ledger.ts";
import { type Difference, verifyLedger, verifyWithin } from "./verify-ledger.ts";

let market: TestDatabase & { payments: TestPayments };
/** Of the order that was paid and partly refunded, and of the one whose payment was put aside. */
let [sold, aside] = ["", ""];

// A sale with a refund and one that the bank sent back; a payment put aside; a dispute lost.
beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
  const { db } = market;
  const order = await makeCharged(market);
  const give = async (fen: number) => {
    const of = { kind: "amount", fen } as const;
    const { scope, parcelId } = order;
    await refundParcel(db, scope, { parcelId, of, clientKey: `give-${fen}` });
    await carryOutRefunds(db, payments, order.orderId);
  };
  await give(700);
  const given = db.selectFrom("refunds").select(["id", "order_id", "stripe_refund_id"]);
  const back = await given.executeTakeFirstOrThrow();
  await keepRefund(
    db,
    { id: back.id, orderId: back.order_id },
    { id: back.stripe_refund_id, status: "failed" },
  );
  await give(1_000);
  const items = [{ listing: order.listing, quantity: 1 }];
  const odd = await makeCheckout(db, payments, items);
  await payments.pay(odd.url);
  await sql`update orders set produce_fen = produce_fen + 1, total_fen = total_fen + 1
    where id = ${odd.orderId}`.execute(db);
  await settlePayment(db, payments.gateway, odd);
  const lost = await makePaidCheckout(db, payments, items);
  await settleDisputed(db, payments, { ...lost, fen: 3_000, status: "lost", id: "dp_1" });
  await sealLedger(db);
  [sold, aside] = [order.orderId, odd.orderId];
});
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

/** What is noticed when a superuser lifts the triggers and does this; afterwards it is undone. */
async function noticed(...forgeries: RawBuilder<unknown>[]) {
  let differences: Difference[] = [];
  await market.db
    .transaction()
    .execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      for (const forgery of forgeries) {
        const { numAffectedRows } = await forgery.execute(trx);
        expect(Number(numAffectedRows)).toBeGreaterThan(0);
      }
      ({ differences } = await verifyWithin(trx));
      throw new Error("undo");
    })
    .catch((error: Error) => {
      if (error.message !== "undo") throw error;
    });
  return [...new Set(differences.map(({ kind }) => kind))];
}

const of = (status: string) => sql`order_id = ${sold} and status = ${status}`;
const refunds = (status: string) => sql`(select id from refunds where ${of(status)})`;
const lines = () => sql`(select id from order_lines where order_id = ${sold})`;
const posted = (key: string) =>
  sql`(select id from ledger_transactions where idempotency_key like ${key})`;
const change = (table: string, set: string, where: RawBuilder<unknown>) =>
  sql`update ${sql.table(table)} set ${sql.raw(set)} where ${where}`;
const mine = () => sql`order_id = ${sold}`;

describe("a sealed ledger beside rows that were changed", () => {
  test("is silent while they are as they were", async () => {
    expect((await verifyLedger(market.db)).differences).toEqual([]);
  });

  test.each<[string, () => RawBuilder<unknown>[], string[]]>([
    [
      "a refund that was given and is said to have failed",
      () => [change("refunds", "status = 'failed'", of("succeeded"))],
      ["unposted", "payment-differs", "promise-differs"],
    ],
    [
      "a refund that was given and is said to be wanted only",
      () => [change("refunds", "status = 'requested'", of("succeeded"))],
      ["payment-differs", "refund-differs"],
    ],
    [
      "a refund that came back and is said to be given",
      () => [change("refunds", "status = 'succeeded'", of("failed"))],
      ["refund-differs", "promise-differs"],
    ],
    [
      "a refund's amount",
      () => [change("refunds", "fen = fen + 500", of("succeeded"))],
      ["refund-differs"],
    ],
    [
      "a refund said to be another order's",
      () => [sql`update refunds set order_id = ${aside} where ${of("succeeded")}`],
      ["refund-differs", "left-differs"],
    ],
    [
      "a refund said to be a bank transfer",
      () => [
        change(
          "refunds",
          "bank_reference = 'x', paid_on = now(), stripe_refund_id = null",
          of("succeeded"),
        ),
      ],
      ["refund-differs", "given-differs"],
    ],
    [
      "a refund of goods said to be of a payment too late",
      () => [change("refunds", "reason = 'late-payment'", of("succeeded"))],
      ["payment-differs"],
    ],
    [
      "a refund's part",
      () => [sql`update refund_parts set fen = fen + 1 where refund_id in ${refunds("succeeded")}`],
      ["refund-differs"],
    ],
    [
      "a refund without its parts",
      () => [sql`delete from refund_parts where refund_id in ${refunds("succeeded")}`],
      ["refund-differs"],
    ],
    [
      "a refund that is gone with its parts",
      () => [
        sql`delete from refund_parts where refund_id in ${refunds("succeeded")}`,
        sql`delete from refunds where ${of("succeeded")}`,
      ],
      ["unexplained", "payment-differs"],
    ],
    [
      "a payment's amount",
      () => [change("payments", "fen = fen + 500", mine())],
      ["payment-differs"],
    ],
    [
      "a payment's currency",
      () => [change("payments", "currency = 'usd'", mine())],
      ["payment-differs", "refund-differs"],
    ],
    [
      "when a payment came",
      () => [change("payments", "paid_at = paid_at - interval '1 day'", mine())],
      ["payment-differs"],
    ],
    [
      "the amount of a payment put aside",
      () => [sql`update payments set fen = fen + 500 where order_id = ${aside}`],
      ["payment-differs"],
    ],
    [
      "a payment that is gone",
      () => [sql`delete from payments where ${mine()}`],
      ["sale-unpaid", "refund-differs"],
    ],
    [
      "a payment put aside that is gone",
      () => [sql`delete from payments where order_id = ${aside}`],
      ["unexplained"],
    ],
    [
      "what an order came to",
      () => [
        sql`update orders set total_fen = total_fen + 500, produce_fen = produce_fen + 500
        where id = ${sold}`,
      ],
      ["sale-differs"],
    ],
    [
      "an order said never to have been paid",
      () => [sql`update orders set paid_at = null, status = 'expired' where id = ${sold}`],
      ["sale-unpaid"],
    ],
    [
      "when an order was paid",
      () => [sql`update orders set paid_at = paid_at - interval '1 day' where id = ${sold}`],
      ["sale-unpaid"],
    ],
    [
      "how much of a line a lot gave",
      () => [sql`update allocations set quantity = quantity + 1 where order_line_id in ${lines()}`],
      ["sale-differs", "stock-differs"],
    ],
    [
      "how much a line is of",
      () => [
        sql`update order_lines set quantity = quantity + 1, line_fen = line_fen + unit_price_fen
        where ${mine()}`,
      ],
      ["sale-differs", "shares-differ", "split-differs"],
    ],
    [
      "a lost dispute said to be won",
      () => [sql`update disputes set status = 'won'`],
      ["dispute-differs"],
    ],
  ])("shows %s", async (_what, forgeries, kinds) => {
    expect(await noticed(...forgeries())).toEqual(kinds);
  });

  test.each<[string, string, string]>([
    ["of a kind that nothing is posted as", "kind = 'suspense'", "refund:%"],
    ["under a key that nothing is posted under", "idempotency_key = 'made-up:1'", "dispute:%"],
    ["under the key of something else", `idempotency_key = 'refund:' || id`, "refund:%"],
    ["that reverses nothing", "reverses_id = null", "refund-failed:%"],
  ])("shows a transaction that is not sealed yet and is one %s", async (_what, set, key) => {
    const unsealed = [
      sql`delete from audit_log where subject_type = 'ledger-seal'`,
      sql`delete from ledger_seals`,
    ];
    const forgery = sql`update ledger_transactions set ${sql.raw(set)} where id in ${posted(key)}`;
    expect(await noticed(...unsealed, forgery)).toContain("unexplained");
  });

  test("shows a reversal that is not sealed yet and takes back something else", async () => {
    const unsealed = [
      sql`delete from audit_log where subject_type = 'ledger-seal'`,
      sql`delete from ledger_seals`,
    ];
    const more = sql`update postings set fen = fen * 2
      where transaction_id in ${posted("refund-failed:%")}`;
    expect(await noticed(...unsealed, more)).toEqual(["reversal-differs"]);
  });
});
