import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgedRefund } from "#tests/factories/agree.ts";
import {
  type AgreedMarket,
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

const entryGone = (key: string) => [
  sql`delete from postings where transaction_id in
    (select id from ledger_transactions where idempotency_key like ${key})`,
  sql`delete from ledger_transactions where idempotency_key like ${key}`,
];
const whole = (order: Paid) => [
  { code: MINE, lineId: lineOf(order), fen: 5_622 },
  { code: "coop-fee:aa", lineId: lineOf(order), fen: 358 },
];

test.each<[string, (of: AgreedMarket) => RawBuilder<unknown>[], string]>([
  [
    "a bank transfer out of the account of a household that has no part in the order",
    ({ own }) =>
      forgedRefund({
        ...{ orderId: own.orderId, isTransfer: true, reason: "by-transfer" },
        parts: [{ code: HERS, lineId: lineOf(own), fen: 500 }],
      }),
    "given-differs",
  ],
  [
    "a bank transfer out of what a household has earned",
    ({ own }) =>
      forgedRefund({
        ...{ orderId: own.orderId, isTransfer: true, reason: "by-transfer" },
        parts: [{ code: MINE, lineId: lineOf(own), fen: 500 }],
      }),
    "given-differs",
  ],
  [
    "a refund that is more than a household's share of the order",
    ({ sold }) =>
      forgedRefund({
        orderId: sold.orderId,
        parts: [{ code: HERS, lineId: lineOf(sold), fen: 2_900 }],
      }),
    "left-differs",
  ],
  [
    "an ordinary refund borne by the market as if it had been given twice",
    ({ own }) =>
      forgedRefund({
        orderId: own.orderId,
        parts: [{ code: "given-twice:market", lineId: null, fen: 500 }],
      }),
    "given-differs",
  ],
  [
    "a refund by hand borne by the market although the accounts had enough left",
    ({ own }) =>
      forgedRefund({
        ...{ orderId: own.orderId, reason: "by-hand" },
        parts: [{ code: "given-twice:market", lineId: null, fen: 500 }],
      }),
    "given-differs",
  ],
  [
    "refunds asked for that together are more than was paid",
    ({ own }) =>
      [1, 2].flatMap(() =>
        forgedRefund({ orderId: own.orderId, isAsked: true, parts: whole(own) }),
      ),
    "given-differs",
  ],
  [
    "a refund asked for of what a bank has given the buyer already",
    ({ lost }) => forgedRefund({ orderId: lost.orderId, isAsked: true, parts: whole(lost) }),
    "given-differs",
  ],
  [
    "a refund taken from the household alone, and nothing from the fee",
    ({ own }) =>
      forgedRefund({
        orderId: own.orderId,
        parts: [{ code: MINE, lineId: lineOf(own), fen: 2_000 }],
      }),
    "split-differs",
  ],
  [
    "a refund that Stripe refused, said to have been given by hand",
    ({ refused }) => [
      ...entryGone("refund-owed:%"),
      sql`update refunds set failure = 'given-by-hand' where order_id = ${refused.orderId}`,
    ],
    "given-differs",
  ],
  [
    "a refund that Stripe refused, given by hand from another account",
    ({ refused }) => [
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
    ({ refused }) => [
      sql`update refunds set failure = 'given-by-hand' where order_id = ${refused.orderId}`,
    ],
    "promise-differs",
  ],
  [
    "half a promise that is said to have been given by hand",
    ({ refused }) => [
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
])("rows that agree with each other do not hide %s", async (_what, forge, kind) => {
  const found = await foundIn(market.db, forge(market));
  expect(found.map((each) => each.kind)).toContain(kind);
});
