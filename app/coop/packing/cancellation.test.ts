import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { stockOf } from "#tests/factories/look.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { action } from "./cancellation.tsx";

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

function send(typed: Record<string, string>) {
  const request = new Request("http://market.test/", {
    ...{ method: "POST", headers, body: new URLSearchParams(typed) },
  });
  const context = { db: database.db, auth: signIn.auth, locale: "zh" };
  const { parcelId } = order;
  return action({ request, context, params: { parcelId } } as unknown as ActionFunctionArgs);
}

test("a parcel is called off only when it was said whether its goods are still there", async () => {
  const goods = `goods-${order.lineId}`;
  const stock = () => stockOf(database.db, order.listing.lotIds);
  expect(await send({ reason: "烂了" })).toMatchObject({
    data: { errors: { [goods]: "choose" }, values: { reason: "烂了" } },
    init: { status: 422 },
  });
  expect(await send({ reason: "烂了", [goods]: "sold" })).toMatchObject({ init: { status: 422 } });
  expect(await send({ reason: "", [goods]: "spoiled" })).toMatchObject({
    data: { errors: { reason: "required" }, values: { [goods]: "spoiled" } },
  });
  expect(await stock()).toEqual({ available: 3, held: 0, sold: 2 });

  const done = await send({ reason: "烂了", [goods]: "spoiled" });
  expect(done).toMatchObject({ status: 303 });
  expect(await stock()).toEqual({ available: 3, held: 0, sold: 0 });
});
