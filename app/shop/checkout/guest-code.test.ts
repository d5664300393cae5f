import type { AppLoadContext } from "@remix-run/server-runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { quoteOrder } from "#app/domain/orders/quote-order.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { fillCart, makeAddress, makeBuyer } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { cookiesOf, makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { action } from "./page.tsx";
import { shownValue } from "./shown-field.ts";

let database: TestDatabase;
let payments: TestPayments;
let made: ReturnType<typeof makeSignIn>;
beforeAll(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
  made = makeSignIn(database.url);
});
afterAll(async () => {
  await made.pool.end();
  await payments.close();
  await database.drop();
});

/** The filled-in form of a guest whose cart holds one box, to be sent with more fields. */
async function guestForm() {
  const buyer = makeBuyer();
  const { db } = database;
  await fillCart(db, buyer, [{ listing: await makeListing(db), quantity: 1 }]);
  const { regionCode, ...typed } = await makeAddress(db);
  const quote = await quoteOrder(db, buyer, { regionCode });
  if (!quote.ok) throw new Error(quote.reason);
  const place = { province: "440000", city: "440100", county: regionCode };
  const sums = { orderKey: quote.orderKey, expectedTotalFen: String(quote.totalFen) };
  const [line] = quote.parcels.flatMap(({ lines }) => lines);
  if (!line) throw new Error("nothing is shown");
  return { buyer, form: { ...typed, ...place, ...sums, shown: shownValue(line) } };
}

async function send(buyer: BuyerScope, form: Record<string, string>, headers = new Headers()) {
  const cookies: string[] = [];
  const context = {
    db: database.db,
    auth: made.auth,
    payments: payments.gateway,
    locale: "zh",
    clientAddress: made.address(),
    publicUrl: "http://localhost:3000",
    visitorId: buyer.visitorId,
    setCookie: (cookie: string) => void cookies.push(cookie),
  } as unknown as AppLoadContext;
  const body = new URLSearchParams(form);
  const request = new Request("http://market.test/checkout", { method: "POST", body, headers });
  const answer = await action({ request, context, params: {} });
  const to = answer instanceof Response ? answer.headers.get("location") : null;
  return { to, answer, asked: made.auth.askedNumber.read(cookiesOf(cookies)) };
}

const textsTo = (phone: string) => made.texts.filter(({ to }) => to === phone);
const ordersOf = ({ visitorId }: BuyerScope) =>
  database.db
    .selectFrom("orders")
    .select(["number", "checkout_session_id"])
    .where("visitor_id", "=", visitorId)
    .execute();

test("a guest's button places the order and sends a code to her own number, not the recipient's", async () => {
  const { buyer, form } = await guestForm();
  const phone = made.nextPhone();
  const own = { ...form, confirm: "phone", buyerPhone: `${phone.slice(3, 6)} ${phone.slice(6)}` };
  const first = await send(buyer, own);
  const [order] = await ordersOf(buyer);
  const to = `/orders/${order?.number}/phone`;
  // The goods are held and the payment page stands: it is only one step further away.
  expect(order?.checkout_session_id).toMatch(/^cs_/);
  expect(first.to).toBe(to);
  expect(first.asked).toMatchObject({ phone, to });
  expect(textsTo(phone)).toHaveLength(1);
  expect(textsTo("+8613800000001")).toEqual([]);
  // Sent twice it is one order, one code and one way.
  const second = await send(buyer, own);
  expect(second).toMatchObject({ to, asked: first.asked });
  expect(textsTo(phone)).toHaveLength(1);
  expect(await ordersOf(buyer)).toHaveLength(1);
});

test("left empty, her number is the one on the parcel", async () => {
  const { buyer, form } = await guestForm();
  const phone = made.nextPhone();
  const { asked } = await send(buyer, { ...form, phone: phone.slice(3), confirm: "phone" });
  expect(asked).toMatchObject({ phone });
});

test("the other button leads to the payment page without a code, and reads no number", async () => {
  const { buyer, form } = await guestForm();
  const sent = await send(buyer, { ...form, buyerPhone: "12" });
  expect(sent.to).toContain("/pay/");
  expect(sent.asked).toBeNull();
});

test("a number that is none is answered beside its field, and nothing is ordered", async () => {
  const { buyer, form } = await guestForm();
  const { answer } = await send(buyer, { ...form, confirm: "phone", buyerPhone: "12" });
  expect(answer).toMatchObject({
    data: { errors: { buyerPhone: "phone" }, values: { buyerPhone: "12", street: form.street } },
    init: { status: 422 },
  });
  expect(await ordersOf(buyer)).toEqual([]);
});

test("where no message can be sent the order stands, and she is told how to go on", async () => {
  const { buyer, form } = await guestForm();
  made.sms.isDown = true;
  try {
    const { to } = await send(buyer, { ...form, confirm: "phone" });
    const [order] = await ordersOf(buyer);
    expect(to).toBe(`/orders/${order?.number}/phone?problem=sms`);
  } finally {
    made.sms.isDown = false;
  }
});

test("whoever is signed in is sent no code, whatever the form says", async () => {
  const { buyer, form } = await guestForm();
  const phone = made.nextPhone();
  const { headers, userId } = await made.signIn(phone);
  const { db } = database;
  await db
    .updateTable("carts")
    .set({ user_id: userId, visitor_id: null })
    .where("visitor_id", "=", buyer.visitorId)
    .execute();
  const before = textsTo(phone).length;
  const sent = await send(buyer, { ...form, confirm: "phone", buyerPhone: phone }, headers);
  expect(sent.to).toContain("/pay/");
  expect(textsTo(phone)).toHaveLength(before);
});
