import { type RawBuilder, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgedEntry } from "#tests/factories/agree.ts";
import {
  type AgreedMarket,
  FAR,
  HERS,
  lineOf,
  MINE,
  makeAgreedMarket,
} from "#tests/factories/agreed-market.ts";
import { foundIn } from "#tests/factories/forge.ts";

let market: AgreedMarket;
beforeAll(async () => {
  market = await makeAgreedMarket();
  expect(await foundIn(market.db, [])).toEqual([]);
}, 60_000);
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

type Paid = AgreedMarket["own"];

/** So much more on an account of an order's sale (a credit: less than zero). */
const resell = (order: Paid, code: string, lineId: string | null, fen: number) => sql`
  update postings set fen = fen + ${fen} where order_line_id is not distinct from ${lineId}::uuid
    and account_id = (select id from ledger_accounts where code = ${code}) and transaction_id =
    (select id from ledger_transactions where idempotency_key = ${`sale:${order.orderId}`})`;
const share = (lineId: string, code: string, fen: number) => sql`
  update allocations set fen = fen + ${fen} where order_line_id = ${lineId}
    and relief_account_id = (select id from relief_accounts where 'relief:' || code = ${code})`;
/** One more payout of a confirmed run, on record as any. */
const payout = (code: string, fen: number) => {
  const id = uuidv7();
  return [
    sql`insert into payouts (id, payout_run_id, household_id, relief_account_id, fen, status,
        bank_account_name, bank_account_number, bank_name)
      select ${id}::uuid, ${market.runId}::uuid, household_id, id, ${fen}, 'paid', 'a', '6222', 'b'
      from relief_accounts where 'relief:' || code = ${code}`,
    sql`update payout_runs set total_fen = total_fen + ${fen}, payout_count = payout_count + 1
      where id = ${market.runId}`,
    forgedEntry({
      ...{ kind: "payout", cause: "payout", causeId: id, key: `payout:${id}` },
      parts: [
        { code, lineId: null, fen },
        { code: "payout:clearing", lineId: null, fen: -fen },
      ],
    }),
    sql`update ledger_transactions set occurred_at =
      (select confirmed_at from payout_runs where id = ${market.runId}) where idempotency_key = ${`payout:${id}`}`,
  ];
};

test.each<[string, (of: AgreedMarket) => RawBuilder<unknown>[], string]>([
  [
    "a fee that is more than its basis points",
    ({ sold }) => [
      sql`update order_lines set fee_fen = fee_fen + 100 where id = ${lineOf(sold)}`,
      share(lineOf(sold), HERS, -100),
      resell(sold, HERS, lineOf(sold), 100),
      resell(sold, "coop-fee:aa", lineOf(sold), -100),
    ],
    "shares-differ",
  ],
  [
    "a share moved from one household to the other",
    ({ sold }) => [
      share(lineOf(sold), HERS, -50),
      share(lineOf(sold), MINE, 50),
      resell(sold, HERS, lineOf(sold), 50),
      resell(sold, MINE, lineOf(sold), -50),
    ],
    "shares-differ",
  ],
  [
    "two lines with other prices, of the same total",
    ({ sold }) => [
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
    ({ own }) => [
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
    ({ own }) => [
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
    ({ own }) => [
      sql`update postings set relief_account_id = (select id from relief_accounts limit 1)
        where fen > 0 and transaction_id =
          (select id from ledger_transactions where idempotency_key = ${`sale:${own.orderId}`})`,
    ],
    "payment-differs",
  ],
  [
    "a transaction whose number nobody reads up to, and which does not sum to zero",
    ({ own }) => [
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
  [
    "that a household was given something which the same sale takes back from it",
    ({ own }) => [
      sql`insert into postings (id, transaction_id, transaction_seq, account_id, order_line_id,
          relief_account_id, fen)
        select gen_random_uuid(), transaction_id, transaction_seq, account_id, order_line_id,
          relief_account_id, v.fen
        from postings, (values (5000), (-5000)) v(fen)
        where order_line_id = ${lineOf(own)} and relief_account_id is not null`,
    ],
    "posting-undone",
  ],
  [
    "an order that no Stripe was asked about, said to be the seed's",
    ({ own }) => [
      sql`insert into ledger_accounts (id, code, kind) values
        (gen_random_uuid(), 'stripe:made-up', 'asset')`,
      sql`update payments set payment_intent_id = 'pi_seed_' || id where order_id = ${own.orderId}`,
      sql`update postings set account_id = (select id from ledger_accounts where code = 'stripe:made-up')
        where fen > 0 and transaction_id =
          (select id from ledger_transactions where idempotency_key = ${`sale:${own.orderId}`})`,
    ],
    "made-up-differs",
  ],
  [
    "goods on sale again that are on their way",
    ({ own }) => [
      sql`update allocations set state = 'returned' where order_line_id = ${lineOf(own)}`,
      sql`update lots set sold = sold - 2, available = available + 2
        where id = (select lot_id from allocations where order_line_id = ${lineOf(own)})`,
    ],
    "stock-differs",
  ],
])("rows that agree with each other do not hide %s", async (_what, forge, kind) => {
  const found = await foundIn(market.db, forge(market));
  expect(found.map((each) => each.kind)).toContain(kind);
});
