import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { makeDelivered } from "#tests/factories/claims.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";

let payments: TestPayments;
let database: TestDatabase;
beforeAll(async () => {
  payments = await startTestPayments();
});
afterAll(() => payments.close());
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

/** To whom the market writes of a parcel, of less that is offered for a claim, and of the money. */
async function toldOf(buyer: BuyerScope) {
  const { db } = database;
  const order = await makeDelivered(db, payments, buyer);
  const sent = await order.claim({ percent: 25 });
  if (!sent.ok) throw new Error(sent.reason);
  const less = { kind: "offer", fen: 100, fault: "farm", reason: "看不清" } as const;
  await order.answer(sent.claimId, less);
  await order.reply(sent.claimId, "take");
  await order.carryOut();
  const { rows } = await sql<{ template: string; phone: string | null; userId: string | null }>`
    select template, phone, user_id as "userId" from messages
    where params ->> 'number' = ${order.number} and template <> 'claim.sent'
    order by template`.execute(db);
  return rows;
}

test("news of an order goes to whoever confirmed her number, not to the phone on the parcel", async () => {
  const made = makeSignIn(database.url);
  try {
    const { userId } = await made.signIn(made.nextPhone());
    const told = await toldOf(makeBuyer(userId));
    expect(told).toEqual([
      { template: "claim.offered", phone: null, userId },
      { template: "parcel.delivered", phone: null, userId },
      { template: "parcel.shipped", phone: null, userId },
      { template: "refund.goods", phone: null, userId },
    ]);
  } finally {
    await made.pool.end();
  }
});

test("where nobody confirmed one it goes to the phone on the parcel", async () => {
  const to = { phone: "+8613800000001", userId: null };
  expect(await toldOf(makeBuyer())).toEqual([
    { template: "claim.offered", ...to },
    { template: "parcel.delivered", ...to },
    { template: "parcel.shipped", ...to },
    { template: "refund.goods", ...to },
  ]);
});
