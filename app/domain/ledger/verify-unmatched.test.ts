import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeLostCharge } from "#tests/factories/unmatched.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { settleCharge } from "../payments/settle-charge.ts";
import { verifyLedger, verifyWithin } from "./verify-ledger.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});

test("a payment of no order is held against its postings, both ways", async () => {
  const lost = await makeLostCharge(payments);
  await payments.stripe.refunds.create({ charge: lost.chargeId, amount: 1_000 });
  await settleCharge(database.db, payments.gateway, lost);
  expect((await verifyLedger(database.db)).differences).toEqual([]);
  const kindsAfter = async (forgery: string) => {
    let kinds: string[] = [];
    const undone = database.db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql.raw(forgery).execute(trx);
      kinds = (await verifyWithin(trx)).differences.map(({ kind }) => kind);
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    return new Set(kinds);
  };
  const gone = (key: string) => `delete from postings where transaction_id in
      (select id from ledger_transactions where idempotency_key like '${key}%');
    delete from ledger_transactions where idempotency_key like '${key}%'`;
  for (const forgery of [
    "update unmatched_payments set fen = fen + 1",
    "update unmatched_payments set currency = 'usd'",
    "update unmatched_payments set given_back_fen = 0",
    "update unmatched_payments set arrived_at = arrived_at - interval '1 day'",
    gone("unmatched:"),
    gone("unmatched-refund:"),
  ]) {
    expect(await kindsAfter(forgery), forgery).toEqual(new Set(["unmatched-differs"]));
  }
  const twice = await kindsAfter(`insert into payments (id, order_id, checkout_session_id, status,
      payment_intent_id, charge_id, fen, currency, paid_at)
    select id, id, 'cs_x', 'suspense', 'pi_x', charge_id, fen, currency, arrived_at
    from unmatched_payments`);
  expect(twice).toContain("unmatched-differs");
  const missing = await kindsAfter("delete from unmatched_payments");
  expect(missing).toEqual(new Set(["unexplained"]));
});
