import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import type { Movement } from "#app/gateways/payments.ts";
import {
  balanceOf,
  differencesOf,
  judgeTomorrow,
  makeMovement,
  moved,
  postLine,
} from "#tests/factories/balance.ts";
import { booksOf } from "#tests/factories/look.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import type { EntryKey } from "../ledger/entry-forms.ts";
import type { LedgerEntry } from "../ledger/post.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { reconcile } from "./reconcile.ts";
import { takeFees } from "./take-fees.ts";

const HOURS_MS = 60 * 60 * 1000;
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

const judge = (movements: Movement[]) => judgeTomorrow(database.db, movements);
const post = (key: EntryKey, fen: number, changes?: Partial<LedgerEntry>) =>
  postLine(database.db, key, fen, changes);

async function makePayment(order_id: string, chargeId: string, status: string) {
  const id = uuidv7();
  await database.db
    .insertInto("payments")
    .values({
      ...{ id, order_id, checkout_session_id: id, payment_intent_id: `pi_${chargeId}` },
      ...{ charge_id: chargeId, status, fen: 3_790, currency: "cny", paid_at: new Date() },
    })
    .execute();
  return id;
}

/** A paid order's payment under this charge, and its sale in the books. */
async function makeSold(chargeId: string, times = 1) {
  const order = await makePaidOrder(database.db, [[await makeHousehold(database.db)]]);
  await makePayment(order.id, chargeId, "succeeded");
  const sale = { kind: "sale", causeType: "order", causeId: order.id } as const;
  for (let time = 1; time <= times; time++) await post(`sale:${order.id}:${time}`, 3_790, sale);
  return order;
}

describe("a reconciliation", () => {
  test("names what is at Stripe and not in the ledger, and the other way round", async () => {
    await post("dispute:line_both", -500);
    await post("dispute:line_ours", -700);
    const order = await makeSold("ch_ours");
    const found = await judge([
      moved("line_theirs", 900, { category: "other_adjustment", sourceId: null }),
      moved("line_both", -500),
    ]);
    expect(found).toMatchObject({ ok: true, differenceCount: 3 });
    expect(await differencesOf(database.db)).toMatchObject([
      { kind: "at-stripe-only", matched_by: "line:line_theirs", stripe_fen: 900, ledger_fen: null },
      { kind: "in-ledger-only", matched_by: "line:line_ours", stripe_fen: null, ledger_fen: -700 },
      { kind: "in-ledger-only", matched_by: "charge:ch_ours", ledger_fen: 3_790 },
    ]);
    expect(order.number).toMatch(/^TJ/);
  });

  test("names an amount that differs by one fen, and a sale that was posted twice", async () => {
    await post("dispute:line_1", -6_781);
    await makeSold("ch_twice", 2);
    await judge([
      moved("line_1", -6_780),
      makeMovement({ id: "line_2", fen: 3_790, sourceId: "ch_twice" }),
    ]);
    expect(await differencesOf(database.db)).toMatchObject([
      { kind: "amounts-differ", stripe_fen: -6_780, ledger_fen: -6_781, ledger_count: 1 },
      { kind: "posted-twice", stripe_fen: 3_790, ledger_fen: 7_580, ledger_count: 2 },
    ]);
  });

  test("tells an order's sale from a second payment of it that was put aside", async () => {
    const order = await makeSold("ch_1");
    const causeId = await makePayment(order.id, "ch_2", "suspense");
    const aside = { kind: "suspense", causeType: "payment", causeId } as const;
    await post(`suspense:${causeId}`, 3_790, aside);
    const charges = ["ch_1", "ch_2"].map((sourceId) =>
      makeMovement({ id: `line_${sourceId}`, fen: 3_790, sourceId }),
    );
    expect(await judge(charges)).toMatchObject({ differenceCount: 0 });
  });

  test("names a fee that Stripe changed after it was posted, and another currency", async () => {
    await makeSold("ch_1");
    const charge = makeMovement({ id: "line_1", fen: 3_790, feeFen: 300, sourceId: "ch_1" });
    const foreign = { account: "stripe:clearing-usd", fen: 900 };
    const postings = [foreign, { account: "suspense:payments-usd", fen: -900 }];
    await post("dispute:line_2", 900, { postings });
    await judge([charge, moved("line_2", 900, { currency: "usd" })]);
    expect(await differencesOf(database.db)).toEqual([]);
    await judge([{ ...charge, feeFen: 301 }, moved("line_2", 900, { currency: "cny" })]);
    expect(await differencesOf(database.db)).toMatchObject([
      { kind: "amounts-differ", matched_by: "line:line_2", stripe_fen: 900, ledger_fen: 900 },
      { kind: "amounts-differ", matched_by: "fee:line_1", stripe_fen: -301, ledger_fen: -300 },
    ]);
  });

  test("forgives nothing with time, and forgets what a reversing entry has put right", async () => {
    const wrong = await post("dispute:line_1", -500);
    await judge([]);
    expect(await judge([])).toMatchObject({ differenceCount: 1 });
    const reversal = { kind: "reversal", reversesId: wrong } as const;
    await post("reversal:1", 500, reversal);
    expect(await judge([])).toMatchObject({ differenceCount: 0 });
  });

  test("accounts for all that lies between Stripe's balance and the clearing account", async () => {
    const { db } = database;
    await makeSold("ch_1");
    await post("dispute:line_9", -123);
    const now = new Date(Date.now() + HOURS_MS);
    const justNow = moved("line_3", -50, { movedAt: now });
    const charge = makeMovement({ id: "line_1", fen: 3_790, feeFen: 364, sourceId: "ch_1" });
    await reconcile(db, balanceOf([justNow, moved("line_2", 777), charge]), {
      now,
      graceMinutes: 30,
    });
    const [run] = await db.selectFrom("reconciliations").selectAll().execute();
    expect(run).toMatchObject({
      stripe_fen: 3_790 - 364 + 777 - 50,
      ledger_fen: 3_790 - 364 - 123,
      difference_fen: 777 + 123,
      difference_count: 2,
      in_flight_fen: -50,
      in_flight_count: 1,
    });
  });

  test("names other currencies and never adds them to fen", async () => {
    const { db } = database;
    const dollars = [
      { account: "stripe:clearing-usd", fen: 900 },
      { account: "suspense:payments-usd", fen: -900 },
    ];
    await post("dispute:line_1", 900, { postings: dollars });
    await post("dispute:line_2", 70, { postings: dollars });
    await post("dispute:line_4", 40);
    const usd = { currency: "usd" };
    await judge([moved("line_1", 900), moved("line_3", 1_000, usd), moved("line_4", 40, usd)]);
    const named = (await differencesOf(db)).map(({ matched_by }) => matched_by);
    expect(named.sort()).toEqual(["line:line_1", "line:line_2", "line:line_3", "line:line_4"]);
    const [run] = await db.selectFrom("reconciliations").selectAll().execute();
    expect(run).toMatchObject({ stripe_fen: 900, ledger_fen: 40, difference_fen: 900 - 40 });
  });

  test("names an account that settles in another currency once, not each sale of it", async () => {
    const { db } = database;
    const line = (id: string, changes: Partial<Movement> = {}) =>
      makeMovement({
        id: `line_${id}`,
        fen: 525,
        feeFen: 40,
        sourceId: id,
        currency: "usd",
        ...changes,
      });
    for (const id of ["ch_1", "ch_2", "ch_3"]) await makeSold(id);
    const balance = ["ch_1", "ch_2", "ch_3"].map((id) => line(id));
    const alien = makeMovement({ id: "line_other", fen: 900, sourceId: "ch_other" });
    const found = await judge([...balance, alien]);
    expect(found).toMatchObject({ ok: true, differenceCount: 2, booked: 3 });
    expect((await differencesOf(db)).find(({ kind }) => kind === "settled-elsewhere")).toEqual({
      ...{ kind: "settled-elsewhere", matched_by: "settled:usd:cny" },
      ...{ stripe_fen: 3 * 525, ledger_fen: 3 * 3_790, ledger_count: 3 },
    });
    expect(await takeFees(db, balanceOf(balance))).toMatchObject({ ok: true, elsewhere: "usd" });
  });

  test("posts what Stripe paid out to our bank and what it took for the account", async () => {
    const paidOut = { category: "payout", type: "payout", sourceId: "po_1" };
    const balance = [
      moved("line_1", -5_000, { ...paidOut, feeFen: 20 }),
      moved("line_2", -80, { category: "fee", type: "stripe_fee", sourceId: null }),
      moved("line_3", 5_000, { category: "payout_reversal", type: "payout_failure" }),
    ];
    expect(await judge(balance)).toMatchObject({ booked: 3, differenceCount: 0 });
    expect(await judge(balance)).toMatchObject({ booked: 0, differenceCount: 0 });
    expect(await booksOf(database.db)).toEqual({
      "stripe:clearing": -100,
      "stripe-fee:payouts": 20,
      "stripe-fee:account": 80,
    });
    // What the operator pays in from the bank, and what of it went back.
    const topUps = [
      moved("line_4", 20_000, { category: "topup", type: "topup", sourceId: "tu_1" }),
      moved("line_5", -3_000, { category: "topup_reversal", type: "topup_reversal" }),
    ];
    const toppedUp = [...topUps, ...balance];
    expect(await judge(toppedUp)).toMatchObject({ booked: 2, differenceCount: 0 });
    const { "bank:market": bank, "stripe:clearing": clearing } = await booksOf(database.db);
    expect([bank, clearing]).toEqual([-17_000, 16_900]);
    expect((await verifyLedger(database.db)).differences).toEqual([]);
    const { rows } = await sql<{ kind: string }>`
      select kind from ledger_transactions order by idempotency_key`.execute(database.db);
    expect(rows.map(({ kind }) => kind)).toEqual([
      "stripe-payout",
      "stripe-fee",
      ...["stripe-payout", "stripe-payout", "stripe-payout"],
    ]);
  });
});
