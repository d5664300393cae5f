import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noteFailed } from "#app/domain/payments/note-failed.ts";
import { readFailedByHand } from "#app/domain/payments/read-failed.ts";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { action, loader } from "./failed-by-hand.tsx";

let market: TestDatabase & { payments: TestPayments; signIn: ReturnType<typeof makeSignIn> };
let headers: Headers;
let refund: string;

beforeAll(async () => {
  const database = await createTestDatabase();
  const signIn = makeSignIn(database.url);
  market = { ...database, payments: await startTestPayments(), signIn };
  const { db, payments } = market;
  const operator = await signIn.signIn(signIn.nextPhone());
  headers = operator.headers;
  await db.insertInto("operators").values({ id: uuidv7(), user_id: operator.userId }).execute();
  const items = [{ listing: await makeListing(db), quantity: 1 }];
  const { orderId } = await makePaidCheckout(db, payments, items);
  const { id } = await db.selectFrom("payments").select("id").executeTakeFirstOrThrow();
  const payment = { id, order_id: orderId, isAside: false, currency: "cny" };
  const at = new Date();
  await noteFailed(db, payment, {
    ...{ id: "re_1", fen: 99_900, status: "failed", failure: "declined", ourRefundId: null },
    ...{ balanceTransactionId: null, createdAt: at, failedAt: at },
  });
  refund = (await db.selectFrom("refunds").select("id").executeTakeFirstOrThrow()).id;
});
afterAll(async () => {
  await market.signIn.pool.end();
  await market.payments.close();
  await market.drop();
});

type Answer = { init: { status: number }; data: { errors: object; leftFen: number | null } };

function asked(body: object | null, params: object, who = headers) {
  const request = new Request("http://market.test/", {
    headers: who,
    ...(body && { method: "POST", body: new URLSearchParams({ ...body }) }),
  });
  const context = { db: market.db, auth: market.signIn.auth, locale: "zh" };
  return { request, context, params } as unknown as ActionFunctionArgs;
}
const send = (body: object, params: object = { refund }) => action(asked(body, params));
const state = async () =>
  (await readFailedByHand(market.db, operatorScope({ userId: "x" }), refund))?.state;

test("asks for one of two answers and takes no other", async () => {
  for (const body of [{}, { decision: "" }, { decision: "pay" }]) {
    const { init, data } = (await send(body)) as Answer;
    expect({ status: init.status, ...data }).toEqual({
      status: 422,
      errors: { decision: "required" },
      leftFen: null,
    });
  }
  expect(await state()).toBe("open");
});

test("says how much there is left when so much cannot be owed, and decides nothing", async () => {
  const { init, data } = (await send({ decision: "keep" })) as Answer;
  expect({ status: init.status, ...data }).toMatchObject({ status: 409, errors: {} });
  expect(data.leftFen).toBeGreaterThan(0);
  expect(await state()).toBe("open");
});

test("knows only refunds that wait for it, and is the operator's alone", async () => {
  for (const other of ["nothing", uuidv7()]) {
    const params = { refund: other };
    await expect(send({ decision: "leave" }, params)).rejects.toMatchObject({ status: 404 });
    await expect(loader(asked(null, params))).rejects.toMatchObject({ status: 404 });
  }
  const stranger = await market.signIn.signIn(market.signIn.nextPhone());
  const denied = action(asked({ decision: "leave" }, { refund }, stranger.headers));
  await expect(denied).rejects.toBeInstanceOf(Response);
  expect(await state()).toBe("open");
});

test("leads back to the list once it is decided, again too", async () => {
  for (const _ of [1, 2]) {
    const done = (await send({ decision: "leave" })) as Response;
    expect(done.status).toBe(303);
    expect(done.headers.get("location")).toBe("/operations#refunds");
  }
  expect(await state()).toBe("left");
  expect(await loader(asked(null, { refund }))).toMatchObject({ failed: { state: "left" } });
});
