import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { sealLedger } from "./seal-ledger.ts";
import { type Verified, verifyLedger, verifyWithin } from "./verify-ledger.ts";

let database: TestDatabase;
let payments: TestPayments;
let orderId: string;
const [mine, hers] = ["LS-000123", "LS-000207"];

beforeAll(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
  const { db } = database;
  const lots = [];
  for (const reliefCode of [mine, hers]) {
    lots.push({ household: await makeHousehold(db, { reliefCode }), quantity: 1 });
  }
  const sold = [];
  for (const lot of lots) {
    const listing = await makeListing(db, { lots: [lot] });
    sold.push(await makePaidCheckout(db, payments, [{ listing, quantity: 1 }]));
  }
  const [order] = sold;
  const line = order?.lines[0];
  if (!order || !line) throw new Error("no order");
  const part = { kind: "amount", fen: 100 } as const;
  const { scope, parcelId } = line;
  await refundParcel(db, scope, { parcelId, of: part, clientKey: "part" });
  await carryOutRefunds(db, payments, order.orderId);
  orderId = order.orderId;
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});

/** What is noticed when a superuser lifts the triggers and does this; afterwards it is undone. */
async function noticed(...forgeries: RawBuilder<unknown>[]) {
  let verified: Verified | undefined;
  await database.db
    .transaction()
    .execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      for (const forgery of forgeries) await forgery.execute(trx);
      verified = await verifyWithin(trx);
      throw new Error("undo");
    })
    .catch((error: Error) => {
      if (error.message !== "undo") throw error;
    });
  return verified?.differences;
}

const without = (key: RawBuilder<unknown>) => [
  sql`delete from postings where transaction_id =
    (select id from ledger_transactions where idempotency_key = ${key})`,
  sql`delete from ledger_transactions where idempotency_key = ${key}`,
];

describe("a ledger beside what it is the ledger of", () => {
  test("has nothing missing and nothing else, sealed or not", async () => {
    expect((await verifyLedger(database.db)).differences).toEqual([]);
  });

  test("misses a sale that was taken away before it was sealed", async () => {
    // What was given back of it, nobody had.
    const found = [
      { kind: "unposted", what: "sale", id: orderId },
      { kind: "left-differs", orderId },
    ];
    expect(await noticed(...without(sql`${`sale:${orderId}`}`))).toEqual(found);
    const notPaid = sql`update orders set paid_at = null where id = ${orderId}`;
    expect(await noticed(...without(sql`${`sale:${orderId}`}`), notPaid)).toEqual(found);
  });

  test("misses a refund, a second payment and a payout that it has nothing of", async () => {
    const gone = without(sql`'refund:' || (select id from refunds where order_id = ${orderId})`);
    expect(await noticed(...gone)).toMatchObject([{ kind: "unposted", what: "refund" }]);
    const second = sql`insert into payments (id, order_id, checkout_session_id, payment_intent_id,
        status, fen, currency, paid_at)
      select gen_random_uuid(), order_id, 'cs_2', 'pi_2', 'suspense', fen, currency, paid_at
      from payments where order_id = ${orderId}`;
    expect(await noticed(second)).toMatchObject([
      { kind: "unposted", what: "payment" },
      { kind: "payment-differs" },
    ]);
    const paid = sql`insert into payouts (id, payout_run_id, household_id, relief_account_id, fen,
        status, bank_account_name, bank_account_number, bank_name)
      select gen_random_uuid(), gen_random_uuid(), household_id, id, 1, 'paid', 'a', '1', 'b'
      from relief_accounts where code = ${mine}`;
    expect(await noticed(paid)).toMatchObject([
      { kind: "unposted", what: "payout" },
      { kind: "run-differs" },
    ]);
  });

  test("shows a sale whose allocations, or whose own postings, were changed", async () => {
    const found = { kind: "sale-differs", orderId };
    const lines = sql`(select id from order_lines where order_id = ${orderId})`;
    const less = sql`update allocations set fen = fen - 1 where order_line_id in ${lines}`;
    expect(await noticed(less)).toEqual([found, { kind: "shares-differ", orderId }]);
    const more = sql`update postings p set fen = p.fen + sign(p.fen) from ledger_transactions t
      where t.id = p.transaction_id and t.idempotency_key = ${`sale:${orderId}`}
        and (p.relief_account_id is not null or p.fen > 0)`;
    expect(await noticed(more)).toMatchObject([found, { kind: "payment-differs" }]);
  });

  test("shows relief accounts that were given to another household, by owner or by account", async () => {
    await sealLedger(database.db);
    const both = [mine, hers].map((reliefCode) => ({ kind: "owner-differs", reliefCode }));
    const swap = (...columns: string[]) => {
      const sets = columns.map((name) => sql`${sql.id(name)} = other.${sql.id(name)}`);
      return sql`update relief_accounts r set ${sql.join(sets)} from relief_accounts other
        where r.code in (${mine}, ${hers}) and other.code in (${mine}, ${hers}) and other.id <> r.id`;
    };
    const free = ["household_id_programme_id", "ledger_account_id", "code"].map(
      (name) =>
        sql`alter table relief_accounts drop constraint ${sql.id(`relief_accounts_${name}_key`)}`,
    );
    for (const columns of [
      ["household_id"],
      ["ledger_account_id"],
      ["ledger_account_id", "code"],
    ]) {
      const found = await noticed(...free, swap(...columns));
      expect(found?.filter(({ kind }) => kind === "owner-differs")).toEqual(both);
      // By its code a refund's part is known too.
      const others = columns.includes("code") ? ["split-differs"] : [];
      expect(found?.slice(0, -2).map(({ kind }) => kind)).toEqual(others);
    }
  });
  test("misses what a bank took of a dispute only once Stripe's balance shows it, an hour later", async () => {
    const { db } = database;
    const open = { orderId, fen: 3_000, status: "needs_response", id: "dp_1" } as const;
    await settleDisputed(db, payments, { ...open, isUntaken: true });
    expect((await verifyLedger(db)).differences).toEqual([]);
    const line = (minutes: number) => sql`insert into stripe_movements (id, stripe_id, type,
        category, source, fen, fee_fen, currency, moved_at, available_at, created_at)
      values (gen_random_uuid(), 'txn_1', 'adjustment', 'dispute', 'dp_1', -3000, 1500, 'cny',
        now(), now(), now() - ${minutes} * interval '1 minute')`;
    expect(await noticed(line(59))).toEqual([]);
    expect(await noticed(line(61))).toMatchObject([{ kind: "unposted", what: "dispute" }]);
    await settleDisputed(db, payments, open);
    expect(await noticed(line(61))).toEqual([]);
    const taken = sql`(select id from ledger_transactions where cause_type = 'dispute')`;
    const stillLost = sql`update disputes set status = 'lost'`;
    const gone = [
      sql`delete from postings where transaction_id in ${taken}`,
      sql`delete from ledger_transactions where cause_type = 'dispute'`,
    ];
    expect(await noticed(...gone, stillLost)).toMatchObject([
      { kind: "unposted", what: "dispute" },
      { kind: "payment-differs" },
    ]);
  });
});
