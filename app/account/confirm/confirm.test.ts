import type { AppLoadContext } from "@remix-run/server-runtime";
import type { Kysely } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listOrders } from "#app/domain/orders/list-orders.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makeCheckout, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { buyerScope } from "#tests/factories/scopes.ts";
import { cookiesOf, makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { action, loader } from "./page.tsx";

let database: TestDatabase;
let db: Kysely<DB>;
let payments: TestPayments;
let made: ReturnType<typeof makeSignIn>;
beforeAll(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
  db = database.db;
  made = makeSignIn(database.url);
});
afterAll(async () => {
  await made.pool.end();
  await payments.close();
  await database.drop();
});

type Order = { number: string; buyer: BuyerScope };

const unpaid = async () =>
  makeCheckout(db, payments, [{ listing: await makeListing(db), quantity: 1 }]);

function args({ number, buyer }: Order, cookies: Headers, form?: Record<string, string>) {
  const context = {
    db,
    auth: made.auth,
    payments: payments.gateway,
    visitorId: buyer.visitorId,
    locale: "zh",
    clientAddress: made.address(),
    publicUrl: "http://localhost:3000",
    setCookie: () => {},
  } as unknown as AppLoadContext;
  const method = form ? "POST" : "GET";
  const body = form && new URLSearchParams(form);
  const url = `http://market.test/orders/${number}/phone`;
  const request = new Request(url, { method, body, headers: cookies });
  return { request, context, params: { number } };
}

type Answer = { status: number; to: string | null; cookies: Headers; data: object };

async function send(
  order: Order,
  form: Record<string, string>,
  cookies = new Headers(),
): Promise<Answer> {
  const answer = await action(args(order, cookies, form));
  if (answer instanceof Response) {
    const { status, headers } = answer;
    const [to, set] = [headers.get("location"), cookiesOf(headers.getSetCookie())];
    return { status, to, cookies: set, data: {} };
  }
  const refused = answer as { data: object; init?: { status: number } };
  return { status: refused.init?.status ?? 200, to: null, cookies, data: refused.data };
}

const codeSentTo = (phone: string) =>
  /\d{6}/.exec(made.texts.filter(({ to }) => to === phone).at(-1)?.text ?? "")?.[0] ?? "";

const pathOf = ({ number }: Order) => `/orders/${number}/phone`;

test("a guest asks for a code, fills it in and goes on to the payment page that her order has", async () => {
  const order = await unpaid();
  const phone = made.nextPhone();
  const asked = await send(order, { phone: phone.slice(3) });
  expect(asked).toMatchObject({ status: 303, to: pathOf(order) });
  expect(await loader(args(order, asked.cookies))).toMatchObject({
    asked: { phone },
    isPending: true,
    orderPhone: "13800000001",
  });
  const form = { code: codeSentTo(phone) };
  const entered = await send(order, form, asked.cookies);
  expect(entered).toMatchObject({ status: 303, to: order.url });
  expect(entered.cookies.get("cookie")).toMatch(/session=.+known=.+asked=$/);

  // The order is hers in every browser that she signs in with, and no guest's any more.
  const { headers, userId } = await made.signIn(phone);
  const elsewhere = buyerScope({ userId, visitorId: "another-browser" });
  expect((await listOrders(db, elsewhere, 1)).orders).toMatchObject([{ number: order.number }]);
  expect((await listOrders(db, order.buyer, 1)).orders).toEqual([]);
  // A second tap of the same form, sent before the first was answered, and one after it.
  expect(await send(order, form, asked.cookies)).toMatchObject({ to: order.url });
  expect(await send(order, form, headers)).toMatchObject({ to: order.url });
  await expect(loader(args(order, headers))).rejects.toMatchObject({ status: 303 });
});

test("a wrong code signs nobody in, and says how many tries are left", async () => {
  const order = await unpaid();
  const phone = made.nextPhone();
  const { cookies } = await send(order, { phone: phone.slice(3) });
  const wrong = codeSentTo(phone) === "000000" ? "000001" : "000000";
  const refused = await send(order, { code: wrong }, cookies);
  expect(refused).toMatchObject({ status: 422, data: { notice: expect.stringContaining("4") } });
  expect(await send(order, { code: "12" }, cookies)).toMatchObject({
    status: 422,
    data: { errors: { code: "code" } },
  });
  expect((await listOrders(db, order.buyer, 1)).orders).toHaveLength(1);
});

test("whoever confirms the same number elsewhere does not see an order that was never confirmed", async () => {
  const order = await unpaid();
  const phone = "+8613800000001";
  const { userId } = await made.signIn(phone);
  const stranger = buyerScope({ userId, visitorId: "the-recipient" });
  expect((await listOrders(db, stranger, 1)).orders).toEqual([]);
  // Nor does a code for one's own number give another browser's order.
  const other = { ...order, buyer: makeBuyer() };
  await expect(send(other, { phone: made.nextPhone().slice(3) })).rejects.toMatchObject({
    status: 404,
  });
  await expect(loader(args(other, new Headers()))).rejects.toMatchObject({ status: 404 });
  const mine = await unpaid();
  const asked = await send(mine, { phone: made.nextPhone().slice(3) });
  // A code that was asked for one order is not asked for on the page of another.
  const elsewhere = await send({ ...order, buyer: mine.buyer }, { code: "123456" }, asked.cookies);
  expect(elsewhere).toMatchObject({ status: 303, to: pathOf(order) });
});

test("a paid order is found again too, and is not paid a second time", async () => {
  const items = [{ listing: await makeListing(db), quantity: 1 }];
  const order = await makePaidCheckout(db, payments, items);
  const phone = made.nextPhone();
  const { cookies } = await send(order, { phone: phone.slice(3) });
  expect(await send(order, { code: codeSentTo(phone) }, cookies)).toMatchObject({
    to: `/orders/${order.number}?news=phone-confirmed`,
  });
});

test("a number that is none, and a message that cannot be sent, lose nothing", async () => {
  const order = await unpaid();
  expect(await send(order, { phone: "12", asker: "a-page" })).toMatchObject({
    status: 422,
    data: { errors: { phone: "phone" }, values: { phone: "12", asker: "a-page" } },
  });
  made.sms.isDown = true;
  try {
    expect(await send(order, { phone: made.nextPhone().slice(3) })).toMatchObject({ status: 503 });
  } finally {
    made.sms.isDown = false;
  }
});
