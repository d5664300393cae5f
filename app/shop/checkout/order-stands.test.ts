import { afterAll, beforeAll, expect, test } from "vitest";
import { quoteOrder } from "#app/domain/orders/quote-order.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { fillCart, makeAddress } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { buyerScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { send } from "#tests/setup/gate.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as page from "./page.tsx";
import { shownValue } from "./shown-field.ts";

let database: TestDatabase;
let payments: TestPayments;
let line: Awaited<ReturnType<typeof serveRoutes>>;
beforeAll(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
  await makeAddress(database.db);
  const services = {
    ...{ db: database.db, auth: { readSession: async () => null }, payments: payments.gateway },
    ...{ publicUrl: "http://market.test", log: createLogger("test", "silent") },
  };
  line = await serveRoutes({ checkout: page }, services as unknown as Services);
});
afterAll(async () => {
  await line.close();
  await payments.close();
  await database.drop();
});

const HOME = { recipient: "王小姐", phone: "13800000001", street: "天河路 1 号" };
const OTHER = { recipient: "李先生", phone: "13900000009", street: "新址 99 号" };
const REGION = { province: "440000", city: "440100", county: "440106" };

/** The page of a cart of one box; `press` sends it with these cookies, and keeps what is set. */
async function openPage(name: string) {
  const { db } = database;
  const buyer = buyerScope({ userId: null, visitorId: name.padEnd(22, "x") });
  await fillCart(db, buyer, [{ listing: await makeListing(db), quantity: 1 }]);
  const quote = await quoteOrder(db, buyer, { regionCode: REGION.county });
  if (!quote.ok || quote.totalFen === null) throw new Error("nothing to order");
  const { orderKey, totalFen } = quote;
  const [shown] = quote.parcels.flatMap(({ lines }) => lines).map(shownValue);
  const form = { ...REGION, orderKey, expectedTotalFen: String(totalFen), shown: shown ?? "" };
  const press = async (typed: Record<string, string>, told = "") => {
    const visitor = `visitor=${buyer.visitorId}`;
    const answer = await send(`http://127.0.0.1:${line.port}/checkout`, {
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        origin: "http://market.test",
        cookie: told ? `${visitor}; ${told}` : visitor,
      },
      body: new URLSearchParams({ ...form, ...typed }).toString(),
    });
    const [set = ""] = [answer.headers["set-cookie"] ?? []].flat();
    const { location } = answer.headers;
    return { status: answer.status, to: String(location), told: set.split(";")[0] ?? "", set };
  };
  const order = () =>
    db
      .selectFrom("orders")
      .select(["number", "address", "address_revision as revision"])
      .where("visitor_id", "=", buyer.visitorId)
      .executeTakeFirstOrThrow();
  return { press, order, totalFen };
}

test("a copy of the first form that arrives after the corrected one changes nothing", async () => {
  const { press, order } = await openPage("late");
  const first = await press(HOME);
  expect(first).toMatchObject({ status: 303, to: expect.stringContaining("/pay/") });
  expect(first.set).toMatch(/Path=\/checkout; Max-Age=86400; HttpOnly; SameSite=Lax$/);
  const corrected = await press(OTHER, first.told);
  expect(corrected.to).toContain("news=address-corrected");
  const before = await order();
  expect(before).toMatchObject({ address: OTHER, revision: 1 });
  // As it was sent at first: before there was an answer.
  const late = await press(HOME);
  expect(late).toMatchObject({ status: 409, told: corrected.told });
  expect(await order()).toEqual(before);
  expect((await press(HOME, first.told)).status).toBe(409);
  expect(await order()).toEqual(before);
});

test("a browser that tells of corrections there never were is told of those there are", async () => {
  const { press, order } = await openPage("huge");
  await press(HOME);
  const { number } = await order();
  for (const told of [`${number}.999999999`, `${number}.9999999999`, `${number}.x`, "x", "%00.1"]) {
    expect(await press(OTHER, `told-order=${told}`)).toMatchObject({
      ...{ status: 409, told: `told-order=${number}.0` },
    });
  }
  const corrected = await press(OTHER, `told-order=${number}.0`);
  expect(corrected).toMatchObject({ status: 303, told: `told-order=${number}.1` });
  expect(await order()).toMatchObject({ address: OTHER });
});

test("a page that showed another sum than its order costs leads to no payment before both were seen", async () => {
  const { press, totalFen } = await openPage("sum");
  const { told, to } = await press(HOME);
  const other = { ...HOME, expectedTotalFen: String(totalFen - 1) };
  expect(await press(other, told)).toMatchObject({ status: 409, told });
  expect(await press(HOME, told)).toMatchObject({ status: 303, to });
});
