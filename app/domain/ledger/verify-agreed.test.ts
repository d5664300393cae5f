import { type RawBuilder, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgedEntry, forgedRefund } from "#tests/factories/agree.ts";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { foundIn } from "#tests/factories/forge.ts";
import { carryOutRefunds, makePaidCheckout, refusingForGood } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { confirmRun } from "../payouts/confirm-run.ts";
import { prepareRun } from "../payouts/prepare-run.ts";

let market: TestDatabase & { payments: TestPayments };
type Paid = Awaited<ReturnType<typeof makePaidCheckout>>;
/** Of two households' apples and of another cooperative's; of one's own; refused; lost at a bank. */
let [sold, own, refused, lost] = [{} as Paid, {} as Paid, {} as Paid, {} as Paid];
let runId: string;

beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
  const { db } = market;
  const cooperative = await makeCooperative(db, { slug: "aa" });
  const mine = await makeHousehold(db, { cooperative, reliefCode: "LS-000123" });
  const hers = await makeHousehold(db, { cooperative, reliefCode: "LS-000207" });
  const other = await makeCooperative(db, { slug: "bb" });
  const far = await makeHousehold(db, { cooperative: other, reliefCode: "LS-000301" });
  await sql`update households set bank_account_name = 'a', bank_name = 'b',
    bank_account_number = '6222021234567890123'`.execute(db);
  const lots = [
    { household: mine, quantity: 3 },
    { household: hers, quantity: 30 },
  ];
  const pooled = await makeListing(db, { lots });
  const ofMine = await makeListing(db, { lots: [{ household: mine, quantity: 30 }] });
  const ofFar = await makeListing(db, { lots: [{ household: far, quantity: 30 }] });
  const buy = (items: Parameters<typeof makePaidCheckout>[2]) =>
    makePaidCheckout(db, payments, items);
  sold = await buy([
    { listing: pooled, quantity: 4 },
    { listing: ofFar, quantity: 2 },
  ]);
  own = await buy([{ listing: ofMine, quantity: 2 }]);
  refused = await buy([{ listing: ofMine, quantity: 2 }]);
  const [line] = refused.lines;
  if (!line) throw new Error("no line");
  const of = { kind: "amount", fen: 1_000 } as const;
  const { scope, parcelId } = line;
  await refundParcel(db, scope, { parcelId, of, clientKey: "refused" });
  await carryOutRefunds(db, refusingForGood(payments), refused.orderId);
  lost = await buy([{ listing: ofMine, quantity: 2 }]);
  const { orderId } = lost;
  await settleDisputed(db, payments, { orderId, fen: 3_000, status: "lost", id: "dp_lost" });
  const manager = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  const run = await prepareRun(db, manager, { clientKey: uuidv7() });
  if (!run.ok) throw new Error(run.reason);
  await confirmRun(db, manager, run);
  runId = run.runId;
  await sql`insert into ledger_accounts (id, code, kind) values
    (gen_random_uuid(), 'bank:market', 'asset'), (gen_random_uuid(), 'given-twice:market', 'expense')
    on conflict do nothing`.execute(db);
  expect(await foundIn(db, [])).toEqual([]);
}, 60_000);
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

const [MINE, HERS, FAR] = ["relief:LS-000123", "relief:LS-000207", "relief:LS-000301"] as const;
const lineOf = (order: Paid, index = 0) => order.lines[index]?.lineId ?? "";
/** So much more on an account of an order's sale (a credit: less than zero). */
const resell = (order: Paid, code: string, lineId: string | null, fen: number) => sql`
  update postings set fen = fen + ${fen} where order_line_id is not distinct from ${lineId}::uuid
    and account_id = (select id from ledger_accounts where code = ${code}) and transaction_id =
    (select id from ledger_transactions where idempotency_key = ${`sale:${order.orderId}`})`;
const share = (lineId: string, code: string, fen: number) => sql`
  update allocations set fen = fen + ${fen} where order_line_id = ${lineId}
    and relief_account_id = (select id from relief_accounts where 'relief:' || code = ${code})`;
const entryGone = (key: string) => [
  sql`delete from postings where transaction_id in
    (select id from ledger_transactions where idempotency_key like ${key})`,
  sql`delete from ledger_transactions where idempotency_key like ${key}`,
];
/** One more payout of a confirmed run, on record as any. */
const payout = (code: string, fen: number) => {
  const id = uuidv7();
  return [
    sql`insert into payouts (id, payout_run_id, household_id, relief_account_id, fen, status,
        bank_account_name, bank_account_number, bank_name)
      select ${id}::uuid, ${runId}::uuid, household_id, id, ${fen}, 'paid', 'a', '6222', 'b'
      from relief_accounts where 'relief:' || code = ${code}`,
    sql`update payout_runs set total_fen = total_fen + ${fen}, payout_count = payout_count + 1
      where id = ${runId}`,
    forgedEntry({
      ...{ kind: "payout", cause: "payout", causeId: id, key: `payout:${id}` },
      parts: [
        { code, lineId: null, fen },
        { code: "payout:clearing", lineId: null, fen: -fen },
      ],
    }),
    sql`update ledger_transactions set occurred_at =
      (select confirmed_at from payout_runs where id = ${runId}) where idempotency_key = ${`payout:${id}`}`,
  ];
};

const whole = (order: Paid) => [
  { code: MINE, lineId: lineOf(order), fen: 5_622 },
  { code: "coop-fee:aa", lineId: lineOf(order), fen: 358 },
];

test.each<[string, () => RawBuilder<unknown>[], string]>([
  [
    "a bank transfer out of the account of a household that has no part in the order",
    () =>
      forgedRefund({
        ...{ orderId: own.orderId, isTransfer: true, reason: "by-transfer" },
        parts: [{ code: HERS, lineId: lineOf(own), fen: 500 }],
      }),
    "given-differs",
  ],
  [
    "a bank transfer out of what a household has earned",
    () =>
      forgedRefund({
        ...{ orderId: own.orderId, isTransfer: true, reason: "by-transfer" },
        parts: [{ code: MINE, lineId: lineOf(own), fen: 500 }],
      }),
    "given-differs",
  ],
  [
    "a refund that is more than a household's share of the order",
    () =>
      forgedRefund({
        orderId: sold.orderId,
        parts: [{ code: HERS, lineId: lineOf(sold), fen: 2_900 }],
      }),
    "left-differs",
  ],
  [
    "an ordinary refund borne by the market as if it had been given twice",
    () =>
      forgedRefund({
        orderId: own.orderId,
        parts: [{ code: "given-twice:market", lineId: null, fen: 500 }],
      }),
    "given-differs",
  ],
  [
    "a refund by hand borne by the market although the accounts had enough left",
    () =>
      forgedRefund({
        ...{ orderId: own.orderId, reason: "by-hand" },
        parts: [{ code: "given-twice:market", lineId: null, fen: 500 }],
      }),
    "given-differs",
  ],
  [
    "refunds asked for that together are more than was paid",
    () =>
      [1, 2].flatMap(() =>
        forgedRefund({ orderId: own.orderId, isAsked: true, parts: whole(own) }),
      ),
    "given-differs",
  ],
  [
    "a refund asked for of what a bank has given the buyer already",
    () => forgedRefund({ orderId: lost.orderId, isAsked: true, parts: whole(lost) }),
    "given-differs",
  ],
  [
    "a refund taken from the household alone, and nothing from the fee",
    () =>
      forgedRefund({
        orderId: own.orderId,
        parts: [{ code: MINE, lineId: lineOf(own), fen: 2_000 }],
      }),
    "split-differs",
  ],
  [
    "a fee that is more than its basis points",
    () => [
      sql`update order_lines set fee_fen = fee_fen + 100 where id = ${lineOf(sold)}`,
      share(lineOf(sold), HERS, -100),
      resell(sold, HERS, lineOf(sold), 100),
      resell(sold, "coop-fee:aa", lineOf(sold), -100),
    ],
    "shares-differ",
  ],
  [
    "a share moved from one household to the other",
    () => [
      share(lineOf(sold), HERS, -50),
      share(lineOf(sold), MINE, 50),
      resell(sold, HERS, lineOf(sold), 50),
      resell(sold, MINE, lineOf(sold), -50),
    ],
    "shares-differ",
  ],
  [
    "two lines with other prices, of the same total",
    () => [
      sql`update order_lines set unit_price_fen = unit_price_fen - 100, line_fen = line_fen - 400,
          fee_fen = 693 where id = ${lineOf(sold)}`,
      sql`update order_lines set unit_price_fen = unit_price_fen + 200, line_fen = line_fen + 400,
          fee_fen = 382 where id = ${lineOf(sold, 1)}`,
      share(lineOf(sold), MINE, -282),
      share(lineOf(sold), HERS, -94),
      share(lineOf(sold, 1), FAR, 376),
      resell(sold, MINE, lineOf(sold), 282),
      resell(sold, HERS, lineOf(sold), 94),
      resell(sold, "coop-fee:aa", lineOf(sold), 24),
      resell(sold, FAR, lineOf(sold, 1), -376),
      resell(sold, "coop-fee:bb", lineOf(sold, 1), -24),
    ],
    "shares-differ",
  ],
  [
    "a household's goods sold for another's, of another listing",
    () => [
      sql`update allocations set relief_account_id = (select id from relief_accounts where code = 'LS-000301'),
        lot_id = (select x.id from lots x join relief_accounts r on r.id = x.relief_account_id
          where r.code = 'LS-000301') where order_line_id = ${lineOf(own)}`,
      sql`update lots set sold = of.sold, available = quantity_in - of.sold from (
        select t.id, coalesce(sum(a.quantity) filter (where a.state = 'sold'), 0) as sold
        from lots t left join allocations a on a.lot_id = t.id group by 1) of where of.id = lots.id`,
      sql`update postings set account_id = (select id from ledger_accounts where code = ${FAR}),
        relief_account_id = (select id from relief_accounts where code = 'LS-000301')
        where order_line_id = ${lineOf(own)} and relief_account_id is not null`,
    ],
    "shares-differ",
  ],
  [
    "a line with its fee and freight given to another cooperative",
    () => [
      sql`update order_lines set cooperative_id = (select id from cooperatives where slug = 'bb')
        where id = ${lineOf(own)}`,
      sql`update parcels set cooperative_id = (select id from cooperatives where slug = 'bb')
        where order_id = ${own.orderId}`,
      sql`update postings p set account_id = to_a.id from ledger_accounts a, ledger_accounts to_a,
          ledger_transactions t
        where t.id = p.transaction_id and t.idempotency_key = ${`sale:${own.orderId}`}
          and a.id = p.account_id and a.code in ('coop-fee:aa', 'freight:aa')
          and to_a.code = replace(a.code, ':aa', ':bb')`,
    ],
    "shares-differ",
  ],
  [
    "a refund that Stripe refused, said to have been given by hand",
    () => [
      ...entryGone("refund-owed:%"),
      sql`update refunds set failure = 'given-by-hand' where order_id = ${refused.orderId}`,
    ],
    "given-differs",
  ],
  [
    "a refund that Stripe refused, given by hand from another account",
    () => [
      ...entryGone("refund-owed:%"),
      sql`update refunds set failure = 'given-by-hand' where order_id = ${refused.orderId}`,
      ...forgedRefund({
        ...{ orderId: refused.orderId, reason: "by-hand" },
        parts: [{ code: "freight:aa", lineId: null, fen: 800 }],
      }),
    ],
    "given-differs",
  ],
  [
    "a promise that is said to have been given by hand",
    () => [sql`update refunds set failure = 'given-by-hand' where order_id = ${refused.orderId}`],
    "promise-differs",
  ],
  [
    "half a promise that is said to have been given by hand",
    () => [
      sql`update refunds set fen = fen / 2 where order_id = ${refused.orderId}`,
      sql`update refund_parts set fen = fen / 2`,
      sql`update postings set fen = fen / 2 where transaction_id =
        (select id from ledger_transactions where idempotency_key like 'refund-owed:%')`,
      sql`insert into refunds (id, payment_id, order_id, idempotency_key, status, reason, failure, fen)
        select gen_random_uuid(), payment_id, order_id, idempotency_key || '-2', status, reason,
          'given-by-hand', fen from refunds where order_id = ${refused.orderId}`,
      sql`insert into refund_parts (id, refund_id, account_code, order_line_id, relief_account_id, fen)
        select gen_random_uuid(), (select id from refunds where idempotency_key like '%-2'),
          account_code, order_line_id, relief_account_id, fen from refund_parts`,
    ],
    "given-differs",
  ],
  ["a payout to a household that is owed nothing", () => payout(HERS, 500), "payout-beyond"],
  ["a payout by another cooperative", () => payout(FAR, 500), "payout-beyond"],
  [
    "a payout larger than what was owed",
    () => [
      sql`update payouts set fen = fen + 500 where relief_account_id =
        (select id from relief_accounts where code = 'LS-000207')`,
      sql`update payout_runs set total_fen = total_fen + 500`,
      sql`update postings p set fen = p.fen + sign(p.fen) * 500 from ledger_transactions t, payouts o
        where t.id = p.transaction_id and t.idempotency_key = 'payout:' || o.id
          and o.relief_account_id = (select id from relief_accounts where code = 'LS-000207')`,
    ],
    "payout-beyond",
  ],
  [
    "what Stripe holds of a sale, tagged as a household's",
    () => [
      sql`update postings set relief_account_id = (select id from relief_accounts limit 1)
        where fen > 0 and transaction_id =
          (select id from ledger_transactions where idempotency_key = ${`sale:${own.orderId}`})`,
    ],
    "payment-differs",
  ],
  [
    "a transaction whose number nobody reads up to, and which does not sum to zero",
    () => [
      sql`alter table ledger_transactions alter seq drop identity`,
      sql`update ledger_transactions set seq = 9007199254740993
        where idempotency_key = ${`sale:${own.orderId}`}`,
      sql`update postings p set transaction_seq = t.seq from ledger_transactions t
        where t.id = p.transaction_id`,
    ],
    "unexplained",
  ],
  [
    "a balance kept for what is yet to come",
    () => [
      sql`insert into balance_snapshots (account_id, through_seq, balance_fen, payout_fen)
        select account_id, 1000000, sum(p.fen),
          coalesce(sum(p.fen) filter (where t.kind in ('payout', 'payout-bounce')), 0)
        from postings p join ledger_transactions t on t.id = p.transaction_id
        join ledger_accounts a on a.id = p.account_id and a.code = ${MINE} group by 1`,
      sql`insert into month_snapshots (account_id, month, through_seq, balance_fen, payout_fen)
        select account_id, date_trunc('month', t.occurred_at at time zone 'Asia/Shanghai')::date,
          1000000, sum(p.fen),
          coalesce(sum(p.fen) filter (where t.kind in ('payout', 'payout-bounce')), 0)
        from postings p join ledger_transactions t on t.id = p.transaction_id
        join ledger_accounts a on a.id = p.account_id and a.code = ${MINE} group by 1, 2`,
    ],
    "snapshot-wrong",
  ],
  [
    "a household's account, with all that says whose it is, given to another",
    () => [
      sql`update relief_accounts set household_id = (select household_id from relief_accounts
        where code = 'LS-000301') where code = 'LS-000123'`,
      sql`update lots set household_id = r.household_id from relief_accounts r
        where r.id = lots.relief_account_id`,
      sql`update payouts set household_id = r.household_id from relief_accounts r
        where r.id = payouts.relief_account_id`,
    ],
    "owner-differs",
  ],
])("rows that agree with each other do not hide %s", async (_what, forge, kind) => {
  const found = await foundIn(market.db, [
    sql`alter table relief_accounts drop constraint relief_accounts_household_id_programme_id_key`,
    sql`alter table lots drop constraint lots_listing_id_household_id_harvested_on_key`,
    sql`alter table payouts drop constraint payouts_payout_run_id_relief_account_id_key`,
    ...forge(),
  ]);
  expect(found.map((each) => each.kind)).toContain(kind);
});
