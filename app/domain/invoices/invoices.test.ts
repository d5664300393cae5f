import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { buyerScope, coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import type { InvoiceDetails } from "./invoice-rule.ts";
import { readInvoice, readParcelInvoice } from "./read-invoice.ts";
import { saveInvoice } from "./save-invoice.ts";

const COMPANY: InvoiceDetails = {
  ...{ kind: "company", title: "盐源试用公司", taxNumber: "91350100M000100Y43" },
};
const PERSON: InvoiceDetails = { kind: "personal", title: "王小明", taxNumber: null };

let market: TestDatabase;
beforeAll(async () => {
  market = await createTestDatabase();
});
afterAll(() => market.drop());

/** An order of two cooperatives' parcels, its buyer and both cooperatives. */
async function makeSold(overrides: { paidAt?: Date | null; status?: string } = {}) {
  const { db } = market;
  const coops = [await makeCooperative(db), await makeCooperative(db)] as const;
  const homes = await Promise.all(
    coops.map(async (cooperative) => [await makeHousehold(db, { cooperative })]),
  );
  const order = await makePaidOrder(db, homes, overrides);
  const { visitor_id } = await db
    .selectFrom("orders")
    .select("visitor_id")
    .where("id", "=", order.id)
    .executeTakeFirstOrThrow();
  const buyer = buyerScope({ userId: null, visitorId: visitor_id ?? "" });
  const scopes = coops.map(({ id }) => coopScope({ userId: "manager", cooperativeId: id }));
  return { ...order, buyer, scopes };
}

test("what is to stand on an invoice is kept with the order, and may be put right", async () => {
  const { db } = market;
  const { buyer, number } = await makeSold();
  expect(await readInvoice(db, buyer, number)).toBeNull();
  expect(await saveInvoice(db, buyer, { number, details: COMPANY })).toEqual({ ok: true });
  expect(await saveInvoice(db, buyer, { number, details: COMPANY })).toEqual({ ok: true });
  expect(await readInvoice(db, buyer, number)).toEqual(COMPANY);
  expect(await saveInvoice(db, buyer, { number, details: PERSON })).toEqual({ ok: true });
  expect(await readInvoice(db, buyer, number)).toEqual(PERSON);
});

test("only the buyer and the cooperatives that sold see it", async () => {
  const { db } = market;
  const sold = await makeSold();
  const other = await makeSold();
  await saveInvoice(db, sold.buyer, { number: sold.number, details: COMPANY });
  for (const [index, scope] of sold.scopes.entries()) {
    const own = sold.parcels[index]?.id ?? "";
    const hers = sold.parcels[1 - index]?.id ?? "";
    expect(await readParcelInvoice(db, scope, own)).toEqual(COMPANY);
    // Of one order, and still another cooperative's parcel.
    expect(await readParcelInvoice(db, scope, hers)).toBeNull();
  }
  for (const scope of other.scopes) {
    expect(await readParcelInvoice(db, scope, sold.parcels[0]?.id ?? "")).toBeNull();
  }
  for (const buyer of [other.buyer, makeBuyer(), makeBuyer("somebody")]) {
    expect(await readInvoice(db, buyer, sold.number)).toBeNull();
    const taken = await saveInvoice(db, buyer, { number: sold.number, details: PERSON });
    expect(taken).toEqual({ ok: false, reason: "order-not-found" });
  }
  expect(await readInvoice(db, sold.buyer, sold.number)).toEqual(COMPANY);
});

test("nothing is invoiced that was not paid or goes back whole", async () => {
  const { db } = market;
  const shut = ["pending-payment", "expired", "cancelled", "refunded", "disputed"];
  for (const status of shut) {
    const { buyer, number } = await makeSold({ status });
    const saved = await saveInvoice(db, buyer, { number, details: PERSON });
    expect([status, saved]).toEqual([status, { ok: false, reason: "not-invoiced" }]);
    expect(await readInvoice(db, buyer, number)).toBeNull();
  }
  for (const status of [
    "paid",
    "packing",
    "shipped",
    "delivered",
    "completed",
    "partly-refunded",
  ]) {
    const { buyer, number } = await makeSold({ status });
    const saved = await saveInvoice(db, buyer, { number, details: PERSON });
    expect([status, saved]).toEqual([status, { ok: true }]);
  }
});

test("the database keeps no company without a number and no person with one", async () => {
  const { id } = await makeSold();
  const insert = (kind: string, number: string | null) =>
    sql`insert into invoice_details (order_id, kind, title, tax_number)
      values (${id}, ${kind}, '名', ${number})`.execute(market.db);
  await expect(insert("company", null)).rejects.toThrow(/a_company_has_a_number/);
  await expect(insert("personal", COMPANY.taxNumber)).rejects.toThrow(/a_company_has_a_number/);
  await expect(insert("firm", null)).rejects.toThrow(/kind/);
  expect(
    await readParcelInvoice(market.db, coopScope({ userId: "m", cooperativeId: uuidv7() }), "x"),
  ).toBeNull();
});
