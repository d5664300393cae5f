import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { colleagueOf } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { settleDispute } from "../payments/settle-dispute.ts";
import { bouncePayout } from "../payouts/bounce-payout.ts";
import { confirmRun } from "../payouts/confirm-run.ts";
import { prepareRun } from "../payouts/prepare-run.ts";
import { sealLedger } from "./seal-ledger.ts";
import { type Verified, verifyLedger, verifyWithin } from "./verify-ledger.ts";

let database: TestDatabase;
let payments: TestPayments;

// Two households of one cooperative and one of another: sales, a refund, payouts, a return, a dispute.
beforeAll(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
  const { db } = database;
  const cooperative = await makeCooperative(db, { slug: "aa" });
  const mine = await makeHousehold(db, { cooperative, reliefCode: "LS-000123" });
  const hers = await makeHousehold(db, { cooperative, reliefCode: "LS-000207" });
  const far = await makeHousehold(db, {
    cooperative: await makeCooperative(db, { slug: "bb" }),
    reliefCode: "LS-000301",
  });
  const lots = [
    { household: mine, quantity: 3 },
    { household: hers, quantity: 30 },
  ];
  const listing = await makeListing(db, { lots });
  const other = await makeListing(db, { lots: [{ household: far, quantity: 30 }] });
  const items = [
    { listing, quantity: 4 },
    { listing: other, quantity: 2 },
  ];
  const { orderId, lines } = await makePaidCheckout(db, payments, items);
  const line = lines[0];
  if (!line) throw new Error("no line");
  const { scope, parcelId } = line;
  const of = { kind: "amount", fen: 500 } as const;
  await refundParcel(db, scope, { parcelId, of, clientKey: "form" });
  await carryOutRefunds(db, payments, orderId);
  const run = await prepareRun(db, scope, { clientKey: "run" });
  if (!run.ok) throw new Error(run.reason);
  const { runId } = run;
  await confirmRun(db, colleagueOf(scope), { runId });
  const { id: payoutId } = await db.selectFrom("payouts").select("id").executeTakeFirstOrThrow();
  await bouncePayout(db, scope, { runId, payoutId, reason: "account-closed" });
  const disputed = [{ listing: other, quantity: 1 }];
  await makePaidCheckout(db, payments, disputed, "4000000000000259");
  const { data } = await payments.stripe.disputes.list({ limit: 1 });
  await settleDispute(db, payments.gateway, { disputeId: data[0]?.id ?? "" });
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});

/** What is noticed when a superuser lifts the triggers and does this; afterwards it is undone. */
async function noticed(...forgeries: RawBuilder<unknown>[]) {
  let verified: Verified | undefined;
  let touched = 0;
  await database.db
    .transaction()
    .execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      for (const forgery of forgeries) {
        touched += Number((await forgery.execute(trx)).numAffectedRows ?? 0);
      }
      verified = await verifyWithin(trx);
      throw new Error("undo");
    })
    .catch((error: Error) => {
      if (error.message !== "undo") throw error;
    });
  expect(touched).toBeGreaterThan(0);
  return [...new Set(verified?.differences.map(({ kind }) => kind))];
}

const account = (code: string) => sql`(select id from ledger_accounts where code = ${code})`;
const relief = (code: string) => sql`(select id from relief_accounts where code = ${code})`;
const first = (kind: string) =>
  sql`(select id from ledger_transactions where kind = ${kind} order by seq limit 1)`;
/** One that no bank returned. */
const lastPayout = sql`(select id from ledger_transactions where kind = 'payout'
  order by seq desc limit 1)`;
/** So much less on one account of a transaction, and so much more on another. */
const shift = (kind: string, from: string, to: string) => [
  sql`update postings set fen = fen - 5 where transaction_id = ${first(kind)}
      and account_id = ${account(from)}`,
  sql`update postings set fen = fen + 5 where transaction_id = ${first(kind)}
      and account_id = ${account(to)}`,
];
const give = (kind: string, from: string, to: string) => sql`
  update postings set account_id = ${account(to)},
    relief_account_id = case when relief_account_id is not null then ${relief(to.slice(7))} end
  where transaction_id = ${first(kind)} and account_id = ${account(from)}`;
const without = (kind: string) => [
  sql`delete from postings where transaction_id in
    (select id from ledger_transactions where kind = ${kind})`,
  sql`delete from ledger_transactions where kind = ${kind}`,
];
const opening = sql`
  with opened as (
    insert into ledger_transactions (id, kind, cause_type, cause_id, idempotency_key, occurred_at)
    values (gen_random_uuid(), 'opening', 'x', gen_random_uuid(), 'forged', now())
    returning id, seq
  )
  insert into postings (id, transaction_id, transaction_seq, account_id, fen)
  select gen_random_uuid(), id, seq, account_id, fen from opened,
    (values (${account("coop-fee:aa")}, 777), (${account("coop-fee:bb")}, -777)) v(account_id, fen)`;

describe("transactions that no seal covers yet", () => {
  test("are what orders, refunds, payouts and disputes say", async () => {
    expect((await verifyLedger(database.db)).differences).toEqual([]);
  });

  test.each([
    [
      "refund-differs",
      "a refund taken from another household",
      [give("refund", "relief:LS-000123", "relief:LS-000207")],
    ],
    [
      "refund-differs",
      "a refund taken from the household instead of the fee",
      shift("refund", "relief:LS-000123", "coop-fee:aa"),
    ],
    [
      "payout-differs",
      "a payout doubled",
      [sql`update postings set fen = fen * 2 where transaction_id = ${lastPayout}`],
    ],
    [
      "payout-differs",
      "a payout on another household's account",
      [
        sql`
      update postings set account_id = ${account("relief:LS-000301")},
        relief_account_id = ${relief("LS-000301")}
      where transaction_id = ${lastPayout} and relief_account_id is not null`,
      ],
    ],
    ["unposted", "a payout's return taken away", without("payout-bounce")],
    ["unposted", "a dispute taken away", without("dispute")],
    [
      "sale-differs",
      "a fee given to another cooperative",
      [give("sale", "coop-fee:aa", "coop-fee:bb")],
      // A part of it went back.
      "left-differs",
    ],
    [
      "sale-differs",
      "freight given to another cooperative",
      [give("sale", "freight:aa", "freight:bb")],
    ],
    ["sale-differs", "freight made fee", shift("sale", "freight:aa", "coop-fee:aa")],
    ["unexplained", "money out of nothing", [opening]],
  ] as const)("show %s: %s", async (kind, _what, forgeries, ...more) => {
    expect(await noticed(...forgeries)).toEqual([kind, ...more]);
  });

  test("are not older than an hour: else their seals were taken away", async () => {
    await sealLedger(database.db);
    const unsealed = [
      sql`delete from audit_log where subject_type = 'ledger-seal'`,
      sql`delete from ledger_seals`,
    ];
    expect(await noticed(...unsealed)).toEqual([]);
    const later = ["ledger_transactions", "postings"].map(
      (rows) => sql`update ${sql.table(rows)} set created_at = created_at - interval '2 hours'`,
    );
    expect(await noticed(...unsealed, ...later)).toEqual(["unsealed-too-long"]);
  });
});
