import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { openCheckout } from "./open-checkout.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});

const publicUrl = "http://localhost:3000";

describe("the payment page of an order", () => {
  test("opens at another of the market's addresses though the first one's answer was lost", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    const { orderId, buyer } = order;
    await sql`update orders set checkout_session_id = null, checkout_url = null
      where id = ${orderId}`.execute(db);
    const open = (publicUrl: string) =>
      openCheckout(db, payments.gateway, buyer, { orderId, publicUrl, now: payments.clock.now });
    const opened = await open("http://192.168.1.5:3000");
    expect(opened).toMatchObject({ ok: true });
    expect(await open(publicUrl)).toEqual(opened);
    if (opened.ok) expect(await payments.pay(opened.url)).toBe(true);
  });
});
