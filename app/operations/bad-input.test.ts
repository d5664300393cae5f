import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readSuspense } from "#app/domain/operations/read-suspense.ts";
import { cancelOrder } from "#app/domain/payments/cancel-order.ts";
import { planTransfer } from "#app/domain/payments/plan-transfer.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import { booksOf } from "#tests/factories/look.ts";
import {
  carryOutRefunds,
  makeCheckout,
  makePaidCheckout,
  refusingForGood,
} from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { action as takeBack } from "./taken-back.tsx";
import { action as transfer } from "./transfer.tsx";

const TODAY = shanghaiDay(new Date());
const TYPED = { amount: "67.80", paidOn: TODAY, reference: "ICBC-1" };
let market: TestDatabase & { payments: TestPayments; signIn: ReturnType<typeof makeSignIn> };
let headers: Headers;
/** An order whose buyer is owed CNY 67.80, and a payment of JPY 900 that was put aside. */
let number: string;
let payment: string;

beforeAll(async () => {
  const payments = await startTestPayments();
  const database = await createTestDatabase();
  market = { ...database, payments, signIn: makeSignIn(database.url) };
  const { db, signIn } = market;
  const operator = await signIn.signIn(signIn.nextPhone());
  headers = operator.headers;
  await db.insertInto("operators").values({ id: uuidv7(), user_id: operator.userId }).execute();

  const listing = await makeListing(db);
  const order = await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
  number = order.number;
  await cancelOrder(db, payments.gateway, order.buyer, { number, withRefund: true });
  await carryOutRefunds(db, refusingForGood(payments), order.orderId);

  const foreign = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
  await payments.pay(foreign.url);
  const gateway: typeof payments.gateway = {
    ...payments.gateway,
    async retrieveCheckout(id) {
      const found = await payments.gateway.retrieveCheckout(id);
      if (!found.ok || !found.checkout.payment) return found;
      const paid = { ...found.checkout.payment, currency: "jpy", fen: 900 };
      return { ok: true, checkout: { ...found.checkout, payment: paid } };
    },
  };
  await settlePayment(db, gateway, foreign);
  const scope = operatorScope({ userId: operator.userId });
  payment = (await readSuspense(db, scope, { limit: 1 })).rows[0]?.id ?? "";
});
afterAll(async () => {
  await market.signIn.pool.end();
  await market.payments.close();
  await market.drop();
});

type Body = RequestInit["body"];
type Answer = { init: { status: number }; data: { errors?: object; values?: object } };

function send(
  action: typeof transfer | typeof takeBack,
  params: ActionFunctionArgs["params"],
  body: Body,
  who: Headers = headers,
) {
  const request = new Request("http://market.test/", { method: "POST", headers: who, body });
  const context = { db: market.db, auth: market.signIn.auth, locale: "zh" };
  return action({ request, context, params } as unknown as ActionFunctionArgs) as Promise<Answer>;
}

/** Each as a first form and as a plan confirmed that was never shown: both are refused alike. */
async function refuses(params: ActionFunctionArgs["params"], typed: object, errors: object) {
  const values = { ...TYPED, ...typed };
  const confirmed = { ...values, step: "confirm", clientKey: uuidv7(), seen: await markOf() };
  const said = JSON.stringify(typed).slice(0, 80);
  for (const form of [values, confirmed]) {
    const answer = await send(transfer, params, new URLSearchParams(form));
    expect(answer.init.status, said).toBe(422);
    expect(answer.data, said).toMatchObject({ errors, values });
  }
}

async function markOf(): Promise<string> {
  const asked = { owedFor: { orderNumber: number }, fen: 6_780 };
  const planned = await planTransfer(market.db, operatorScope({ userId: "x" }), asked);
  return planned?.plan?.mark ?? "";
}

describe("the form that books a bank transfer, sent by hand", () => {
  test.each([
    ["nothing", ["", " ", "\u200b"], "required"],
    ["zero", ["0", "0.00", "０", "-0"], "aboveZero"],
    ["less than zero", ["-1", "−5.00", "－５", "-99999999999999999999"], "aboveZero"],
    ["parts of a fen", ["1.005", "0.001", "67.800"], "amount"],
    [
      "more than is owed",
      ["67.81", "999999999", "9007199254740993", "9".repeat(99)],
      "moreThanOwed",
    ],
    ["other currencies", ["USD 5", "$5", "€5", "5 元", "NT$67.80"], "amount"],
    ["other scripts", ["五十", "٥٠", "५०", "50\u200b", "пять", "💰"], "amount"],
    [
      "other notations",
      ["1e3", "0x10", "1,000", "1 000", "+5", "--5", "NaN", "Infinity"],
      "amount",
    ],
  ])("refuses %s beside the amount, and keeps what was typed", async (_what, amounts, amount) => {
    const before = await booksOf(market.db);
    for (const typed of amounts) await refuses({ of: number }, { amount: typed }, { amount });
    expect(await booksOf(market.db)).toEqual(before);
  });

  test("refuses days and references that cannot be, each beside its field", async () => {
    for (const paidOn of ["", "2026-02-30", "22/11/2026", "٢٠٢٦-١١-٢٢", "+012026-11-22", "x"]) {
      await refuses({ of: number }, { paidOn }, { paidOn: "date" });
    }
    await refuses({ of: number }, { paidOn: "9999-12-31" }, { paidOn: "dayInFuture" });
    await refuses({ of: number }, { paidOn: "0001-01-01" }, { paidOn: "dayBeforePayment" });
    await refuses({ of: number }, { reference: "\u200b" }, { reference: "required" });
    await refuses({ of: number }, { reference: "九".repeat(65) }, { reference: "tooLong" });
  });

  test("refuses half a yen of a payment in yen, and more yen than were paid", async () => {
    const before = await booksOf(market.db);
    await refuses({ of: payment }, { amount: "4.50" }, { amount: "amount" });
    await refuses({ of: payment }, { amount: "901" }, { amount: "moreThanOwed" });
    await refuses({ of: payment }, { amount: "-900" }, { amount: "aboveZero" });
    const form = new URLSearchParams({ ...TYPED, amount: "900" });
    expect(await send(transfer, { of: payment }, form)).toMatchObject({
      init: { status: 200 },
      data: { plan: { fen: 900, currency: "jpy", restFen: 0 } },
    });
    expect(await booksOf(market.db)).toEqual(before);
  });

  test("refuses what is sent twice over, as a file, or as no form at all", async () => {
    const twice = new URLSearchParams({ ...TYPED });
    twice.append("amount", "1");
    const file = new FormData();
    for (const [name, value] of Object.entries(TYPED)) file.set(name, value);
    file.set("amount", new File(["67.80"], "amount.txt"));
    const bodies: [Body, object][] = [
      [twice, { amount: "invalid" }],
      [file, { amount: "required" }],
      ['{"amount":67.8}', { amount: "required", reference: "required" }],
    ];
    for (const [body, errors] of bodies) {
      const answer = await send(transfer, { of: number }, body);
      expect([answer.init.status, answer.data.errors]).toMatchObject([422, errors]);
    }
  });

  test("is of nobody else's, and of no order or payment that is not there", async () => {
    const { signIn } = market;
    const stranger = await signIn.signIn(signIn.nextPhone());
    const form = () => new URLSearchParams(TYPED);
    const hers = send(transfer, { of: number }, form(), stranger.headers);
    await expect(hers).rejects.toMatchObject({ status: 403 });
    const nobodys = send(transfer, { of: number }, form(), new Headers());
    await expect(nobodys).rejects.toMatchObject({ status: 401 });
    for (const of of ["TJ1", "TJ20260101000000", "x", uuidv7()]) {
      await expect(send(transfer, { of }, form())).rejects.toMatchObject({ status: 404 });
    }
  });
});

test("a transfer is taken back for one of two reasons and no other, and only one that there is", async () => {
  for (const body of ["", "fault=", "fault=x", "fault=transfer-returned&fault=transfer-mistaken"]) {
    const answer = await send(takeBack, { refund: uuidv7() }, new URLSearchParams(body));
    expect([answer.init.status, Object.keys(answer.data.errors ?? {})]).toEqual([422, ["fault"]]);
  }
  const { rows } = await sql<{ id: string }>`select id from refunds`.execute(market.db);
  for (const refund of [rows[0]?.id, uuidv7(), "x"]) {
    const form = new URLSearchParams({ fault: "transfer-returned" });
    await expect(send(takeBack, { refund }, form)).rejects.toMatchObject({ status: 404 });
  }
});
