import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { stockOf } from "#tests/factories/look.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { action as sayShort } from "./shortages.tsx";
import { action as weigh } from "./weights.tsx";

let payments: TestPayments;
let database: TestDatabase;
let signIn: ReturnType<typeof makeSignIn>;
let headers: Headers;
let order: Awaited<ReturnType<typeof makeCharged>>;
beforeAll(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
  const { db } = database;
  order = await makeCharged({ db, payments });
  signIn = makeSignIn(database.url);
  const manager = await signIn.signIn(signIn.nextPhone());
  headers = manager.headers;
  const member = { id: uuidv7(), cooperative_id: order.scope.cooperativeId };
  await db
    .insertInto("cooperative_members")
    .values({ ...member, user_id: manager.userId, role: "manager" })
    .execute();
});
afterAll(async () => {
  await signIn.pool.end();
  await payments.close();
  await database.drop();
});

function send(action: typeof sayShort, typed: Record<string, string>) {
  const said = { line: order.lineId, clientKey: uuidv7(), ...typed };
  const request = new Request("http://market.test/", {
    ...{ method: "POST", headers, body: new URLSearchParams(said) },
  });
  const context = { db: database.db, auth: signIn.auth, locale: "zh" };
  const { parcelId } = order;
  return action({ request, context, params: { parcelId } } as unknown as ActionFunctionArgs);
}
const stock = () => stockOf(database.db, order.listing.lotIds);

const NO_WHOLE_NUMBER = ["0x1", "1e0", "0b1", "1.0", "1.", "+1", "$1", "abc", "Infinity"];

test("what is short is a whole number of units in plain digits, and nothing else is made one", async () => {
  const short = (quantity: string) => send(sayShort, { quantity, reason: "spoiled" });
  const refused = (error: string) => ({ data: { errors: { quantity: error } } });
  for (const typed of NO_WHOLE_NUMBER) {
    expect(await short(typed), typed).toMatchObject(refused("wholeNumber"));
  }
  for (const typed of ["", " "]) expect(await short(typed)).toMatchObject(refused("required"));
  for (const typed of ["0", "-1"]) expect(await short(typed)).toMatchObject(refused("atLeastOne"));
  expect(await short("9".repeat(40))).toMatchObject(refused("tooMany"));
  expect(await stock()).toEqual({ available: 3, held: 0, sold: 2 });
  expect(await short(" １ ")).toMatchObject({ status: 303 });
  expect(await stock()).toEqual({ available: 3, held: 0, sold: 1 });
});

test("what a line really weighs is kilograms in plain digits", async () => {
  for (const kg of ["0x1", "1e0", "-1", "0", "1.2345", "1kg", "Infinity"]) {
    expect(await send(weigh, { kg }), kg).toMatchObject({
      data: { errors: { kg: "scaleWeight" } },
    });
  }
});
