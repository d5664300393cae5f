import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readOwedBuyers } from "#app/domain/operations/read-owed-buyers.ts";
import { cancelOrder } from "#app/domain/payments/cancel-order.ts";
import { takeBackTransfer } from "#app/domain/payments/take-back-transfer.ts";
import { carryOutRefunds, makePaidCheckout, refusingForGood } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { answerTransfer } from "./answer-transfer.ts";

const operator = operatorScope({ userId: "operator" });
const TODAY = shanghaiDay(new Date());
const TYPED = { amount: "67.80", paidOn: TODAY, reference: " ICBC-1 " };
let market: TestDatabase & { payments: TestPayments };
let number: string;

beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
});
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});
/** An order whose buyer is owed CNY 67.80. */
beforeEach(async () => {
  const { db, payments } = market;
  const items = [{ listing: await makeListing(db), quantity: 2 }];
  const order = await makePaidCheckout(db, payments, items);
  number = order.number;
  await cancelOrder(db, payments.gateway, order.buyer, { number, withRefund: true });
  await carryOutRefunds(db, refusingForGood(payments), order.orderId);
});

function send(typed: Record<string, string>, to = number) {
  const form = new FormData();
  for (const [name, value] of Object.entries(typed)) form.set(name, value);
  return answerTransfer(market.db, operator, { orderNumber: to }, form);
}

/** What the confirming button of a shown plan sends. */
function confirming(answer: Awaited<ReturnType<typeof send>>): Record<string, string> {
  if (answer?.kind !== "plan") throw new Error(`no plan but ${JSON.stringify(answer)}`);
  const { clientKey, mark: seen } = answer.plan;
  return { ...(answer.values as Record<string, string>), step: "confirm", clientKey, seen };
}

async function booked() {
  const { transfers } = await readOwedBuyers(market.db, operator, { limit: 99 });
  return transfers.filter(({ orderNumber }) => orderNumber === number);
}

describe("the form that books a bank transfer", () => {
  test("shows every posting, books nothing until that is confirmed, and then once", async () => {
    const shown = await send({ ...TYPED, amount: " ６0.5 " });
    expect(shown).toMatchObject({
      kind: "plan",
      plan: { fen: 6_050, restFen: 730, paidOn: TODAY, reference: "ICBC-1", hasChanged: false },
    });
    const postings = shown?.kind === "plan" ? shown.plan.postings : [];
    expect(postings.reduce((sum, { fen }) => sum + fen, 0)).toBe(0);
    expect(postings.at(-1)).toMatchObject({ account: "bank:market", fen: -6_050 });
    expect(await booked()).toEqual([]);
    const confirmed = confirming(shown);
    expect([await send(confirmed), await send(confirmed)]).toEqual([
      { kind: "made" },
      { kind: "made" },
    ]);
    expect(await booked()).toMatchObject([{ fen: 6_050, owedFen: 730 }]);
  });

  test("of all that is owed, sent again when nothing is left, is the same transfer", async () => {
    const confirmed = confirming(await send(TYPED));
    expect([await send(confirmed), await send(confirmed)]).toEqual([
      { kind: "made" },
      { kind: "made" },
    ]);
    expect(await booked()).toMatchObject([{ fen: 6_780, owedFen: 0 }]);
  });

  test("shown before a colleague booked another is shown anew, not booked", async () => {
    const [mine, hers] = [
      await send({ ...TYPED, amount: "10" }),
      await send({ ...TYPED, amount: "10", reference: "ICBC-2" }),
    ];
    await send(confirming(hers));
    const again = await send(confirming(mine));
    expect(again).toMatchObject({ kind: "plan", plan: { hasChanged: true, restFen: 4_780 } });
    expect(await booked()).toHaveLength(1);
    expect(await send(confirming(again))).toEqual({ kind: "made" });
  });

  test("confirmed under a key that has booked another transfer says so, and books nothing before its own plan is confirmed", async () => {
    const first = confirming(await send({ ...TYPED, amount: "10" }));
    expect(await send(first)).toEqual({ kind: "made" });
    const before = { fen: 1_000, paidOn: TODAY, reference: "ICBC-1" };
    const other = await send({ ...first, amount: "20", reference: "ICBC-2" });
    expect(other).toMatchObject({ kind: "plan", plan: { hasChanged: false, before, fen: 2_000 } });
    expect(await send({ ...first, reference: "ICBC-3" })).toMatchObject({ plan: { before } });
    expect(await send({ ...first, amount: "67.80" })).toMatchObject({
      ...{ kind: "form", before, errors: { amount: "moreThanOwed" }, values: { amount: "67.80" } },
    });
    expect(await send(first)).toEqual({ kind: "made" });
    expect(await booked()).toHaveLength(1);
    expect(await send(confirming(other))).toEqual({ kind: "made" });
    expect((await booked()).map(({ fen }) => fen).sort()).toEqual([1_000, 2_000]);
  });

  test("goes back to be mended with everything that was typed", async () => {
    const typed = { ...TYPED, step: "edit" };
    expect(await send(typed)).toEqual({ kind: "form", errors: {}, values: typed });
  });

  test("names each field that is wrong, and keeps what was typed", async () => {
    const tomorrow = shanghaiDay(new Date(Date.now() + 24 * 60 * 60_000));
    const wrong: [typed: Record<string, string>, errors: Record<string, string>][] = [
      [{ amount: "" }, { amount: "required" }],
      [{ amount: "abc" }, { amount: "amount" }],
      [{ amount: "1.005" }, { amount: "amount" }],
      [{ amount: "0" }, { amount: "aboveZero" }],
      [{ amount: "-3" }, { amount: "aboveZero" }],
      [{ amount: "67.81" }, { amount: "moreThanOwed" }],
      [{ amount: "9".repeat(30) }, { amount: "moreThanOwed" }],
      [{ paidOn: "" }, { paidOn: "date" }],
      [{ paidOn: "2026-02-30" }, { paidOn: "date" }],
      [{ paidOn: tomorrow }, { paidOn: "dayInFuture" }],
      [{ paidOn: "2020-01-01" }, { paidOn: "dayBeforePayment" }],
      [{ reference: " " }, { reference: "required" }],
      [{ reference: "9".repeat(65) }, { reference: "tooLong" }],
      [
        { amount: "x", paidOn: "y", reference: "" },
        { amount: "amount", paidOn: "date", reference: "required" },
      ],
    ];
    for (const [typed, errors] of wrong) {
      const values = { ...TYPED, ...typed };
      const said = JSON.stringify(typed).slice(0, 80);
      expect(await send(values), said).toEqual({ kind: "form", errors, values });
    }
    expect(await booked()).toEqual([]);
  });

  test("knows a transfer that was booked for the order before by its reference", async () => {
    await send(confirming(await send({ ...TYPED, amount: "5" })));
    const values = { ...TYPED, amount: "5" };
    const errors = { reference: "referenceUsed" };
    expect(await send(values)).toEqual({ kind: "form", errors, values });
  });

  test("that is sent again after its transfer was taken back books nothing and says so; a new one does", async () => {
    const confirmed = confirming(await send(TYPED));
    await send(confirmed);
    const [mistaken] = await booked();
    const refundId = mistaken?.id ?? "";
    await takeBackTransfer(market.db, operator, { refundId, fault: "transfer-mistaken" });
    const answer = await send(confirmed);
    expect(answer).toMatchObject({
      kind: "form",
      errors: { reference: "transferTakenBack" },
      values: TYPED,
    });
    expect((await booked()).map(({ id }) => id)).toEqual([refundId]);
    const again = confirming(await send(TYPED));
    expect([await send(again), await send(again)]).toEqual([{ kind: "made" }, { kind: "made" }]);
    expect(await booked()).toMatchObject([{ fault: null, owedFen: 0 }, { id: refundId }]);
    expect(await send(confirmed)).toMatchObject({ errors: { reference: "transferTakenBack" } });
  });

  test("is of no order that is not there", async () => {
    expect(await send(TYPED, "TJ20260101000000")).toBeNull();
    expect(await send(TYPED, "x\0")).toBeNull();
  });
});
