import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import type { Movement } from "#app/gateways/payments.ts";
import { moveAllMoney } from "#tests/factories/all-money.ts";
import { balanceOf, differencesOf } from "#tests/factories/balance.ts";
import {
  makeMissing,
  ownLine,
  postedAs,
  reconcileWith,
  reverse as reverseAny,
} from "#tests/factories/missing-line.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments } from "#tests/setup/payments.ts";
import { takeFees } from "../reconcile/take-fees.ts";
import { readEntry } from "./read-entry.ts";
import { sealLedger } from "./seal-ledger.ts";
import { verifyLedger } from "./verify-ledger.ts";

const operator = operatorScope({ userId: "operator" });
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

const run = (...movements: Movement[]) => reconcileWith(database.db, ...movements);
const named = async () =>
  (await differencesOf(database.db)).map(({ kind, matched_by }) => `${kind} ${matched_by}`);
const found = async () => (await verifyLedger(database.db)).differences;

const entryOf = (key: string) => postedAs(database.db, key);
async function balances() {
  const { rows } = await sql<{ code: string; fen: number }>`
    select a.code, sum(p.fen)::int as fen from postings p
    join ledger_accounts a on a.id = p.account_id
    group by 1 having sum(p.fen) <> 0 order by 1`.execute(database.db);
  return Object.fromEntries(rows.map(({ code, fen }) => [code, fen]));
}
const reversals = async () =>
  (await sql`select id from ledger_transactions where reverses_id is not null`.execute(database.db))
    .rows.length;
const reverse = (id: string, changes: Parameters<typeof reverseAny>[2] = {}) =>
  reverseAny(database.db, id, changes);

describe("reversing what was booked of a line that Stripe does not have", () => {
  test("posts its opposite, once, and the reconciliation comes to nothing", async () => {
    const id = await makeMissing(database.db);
    expect(await named()).toEqual(["in-ledger-only line:forged"]);
    const clientKey = uuidv7();
    expect(await reverse(id, { clientKey })).toEqual({ ok: true, isNew: true });
    expect(await reverse(id, { clientKey })).toEqual({ ok: true, isNew: false });
    expect(await reverse(id)).toMatchObject({
      ok: false,
      reason: "not-reversible",
      standing: { kind: "reversed", reason: "No such line at Stripe" },
    });
    expect(await balances()).toEqual({ "bank:market": -5_000, "stripe:clearing": 5_000 });
    expect(await run(ownLine("real", 5_000))).toMatchObject({ differenceCount: 0, booked: 0 });
    await sealLedger(database.db);
    expect(await found()).toEqual([]);
    const { rows } = await sql`select actor_user_id, after ->> 'reason' as reason from audit_log
      where subject_id = ${id} and action = 'ledger.reversed'`.execute(database.db);
    expect(rows).toEqual([{ actor_user_id: "operator", reason: "No such line at Stripe" }]);
  });

  test("is done once by two operators at once", async () => {
    const id = await makeMissing(database.db);
    const lock = sql`select id from stripe_movements where stripe_id = 'forged' for update`;
    const both = [() => reverse(id), () => reverse(id)];
    const done = await raceBehind(database.db, lock, 2, both);
    expect(done.filter(({ ok }) => ok)).toEqual([{ ok: true, isNew: true }]);
    expect(done.filter(({ ok }) => !ok)).toMatchObject([{ standing: { kind: "reversed" } }]);
    expect(await reversals()).toBe(1);
    expect(await found()).toEqual([]);
  });

  test("never undoes itself: a line that Stripe has after all is booked anew, as often as that", async () => {
    let id = await makeMissing(database.db);
    const all = [ownLine("real", 5_000), ownLine("forged", 9_000, "topup", 12)];
    for (const turn of [2, 3]) {
      expect(await reverse(id)).toMatchObject({ ok: true });
      expect(await run(...all)).toMatchObject({ differenceCount: 0, booked: 1 });
      expect(await run(...all)).toMatchObject({ differenceCount: 0, booked: 0 });
      expect(await found()).toEqual([]);
      id = await entryOf(`stripe-movement:forged:${turn}`);
      await run(ownLine("real", 5_000));
      expect(await named()).toEqual(["in-ledger-only line:forged"]);
    }
    expect(await reverse(id)).toMatchObject({ ok: true });
    expect(await run(ownLine("real", 5_000))).toMatchObject({ differenceCount: 0 });
    expect(await found()).toEqual([]);
  });

  test("wants a reason of at most 200 characters, and an entry", async () => {
    const id = await makeMissing(database.db);
    expect(await reverse(id, { reason: " \n" })).toEqual({ ok: false, reason: "no-reason" });
    const long = "九".repeat(201);
    expect(await reverse(id, { reason: long })).toEqual({ ok: false, reason: "reason-too-long" });
    for (const none of [uuidv7(), "x"]) {
      expect(await reverse(none)).toEqual({ ok: false, reason: "not-found" });
    }
    expect(await reversals()).toBe(0);
  });
});

test("what was booked with another amount than Stripe names is reversed, and booked as Stripe has it", async () => {
  await takeFees(database.db, balanceOf([ownLine("fee", -700, "fee")]));
  const id = await entryOf("stripe-movement:fee");
  expect(await reverse(id)).toMatchObject({ standing: { kind: "at-stripe" } });
  const right = ownLine("fee", -70, "fee");
  await run(right);
  expect(await named()).toEqual(["amounts-differ line:fee"]);
  expect(await reverse(id)).toMatchObject({ ok: true });
  expect(await run(right)).toMatchObject({ differenceCount: 0, booked: 1 });
  expect(await balances()).toEqual({ "stripe-fee:account": 70, "stripe:clearing": -70 });
  expect(await found()).toEqual([]);
  const back = await sql<{ id: string }>`select id from ledger_transactions
    where reverses_id is not null`.execute(database.db);
  expect(await reverse(back.rows[0]?.id ?? "")).toMatchObject({
    standing: { kind: "is-reversal" },
  });
});

const of = (way: string, ...entries: string[]) =>
  Object.fromEntries(entries.map((entry) => [entry, way]));

describe("of all else that is ever posted", () => {
  test("nothing is reversed by hand, and of each it is said which way back it has", {
    timeout: 60_000,
  }, async () => {
    const payments = await startTestPayments();
    await moveAllMoney({ ...database, payments });
    await payments.close();
    const before = await reversals();
    const { rows } = await sql<{ id: string; of: string }>`
      select distinct on (of) id, of from (
        select id, seq, concat_ws(' ', case when reverses_id is null then kind else 'reversal' end,
            split_part(idempotency_key, ':', 1), nullif(cause_type, kind)) as of
        from ledger_transactions t
        where not exists (select from ledger_transactions back where back.reverses_id = t.id)
      ) each order by of, seq`.execute(database.db);
    const ways: Record<string, string> = {};
    for (const { id, of: entry } of rows) {
      expect(await reverse(id)).toMatchObject({ ok: false, reason: "not-reversible" });
      const standing = (await readEntry(database.db, operator, id))?.standing;
      ways[entry] = standing?.kind === "another-way" ? standing.way : (standing?.kind ?? "");
    }
    expect(ways).toEqual({
      ...of("claim", "claim claim"),
      ...of("dispute", "dispute dispute", "dispute dispute unmatched-payment"),
      ...of("dispute", "dispute dispute-lost", "dispute dispute-returned"),
      ...of("dispute", "reversal dispute-lost dispute", "reversal reversal dispute"),
      ...of("dispute", "reversal taken-over dispute", "stripe-fee dispute-fee dispute"),
      ...of("dispute", "stripe-fee dispute-fee unmatched-payment"),
      ...{ "payout payout": "payout", "reversal payout-bounce payout": "bounce" },
      ...of("refund", "refund owed order", "refund refund", "refund refund-owed"),
      ...of("refund", "refund substituted order"),
      ...of("refund", "refund taken-over", "refund unmatched-refund unmatched-payment"),
      ...of("refund", "reversal refund-failed refund"),
      ...of("refund", "reversal unmatched-refund-failed unmatched-payment"),
      ...of("is-reversal", "reversal reversal payment", "reversal reversal refund"),
      ...of("is-reversal", "reversal reversal stripe-movement"),
      ...of("is-reversal", "reversal reversal unmatched-payment"),
      ...of("sale", "sale sale order", "sale substitute order", "sale taken-over order"),
      ...of("reserve", "reserve reserve-draw", "reserve reserve-in", "reserve reserve-out"),
      ...of("split", "split split order"),
      ...of("at-stripe", "stripe-fee charge-fee payment", "stripe-fee refund-fee refund"),
      ...of("at-stripe", "stripe-fee charge-fee unmatched-payment"),
      ...of("at-stripe", "stripe-fee refund-fee unmatched-payment"),
      ...of("at-stripe", "stripe-fee stripe-movement stripe-movement"),
      ...of("at-stripe", "stripe-payout stripe-movement stripe-movement"),
      ...of("suspense", "suspense suspense payment", "suspense unmatched unmatched-payment"),
    });
    const transfer = await sql<{ id: string }>`select t.id from ledger_transactions t
      join refunds r on t.idempotency_key = 'refund:' || r.id
      where r.bank_reference is not null and r.status <> 'failed' limit 1`.execute(database.db);
    const standing = { kind: "another-way", way: "transfer" };
    expect(await reverse(transfer.rows[0]?.id ?? "")).toMatchObject({ standing });
    expect(await reversals()).toBe(before);
  });
});
