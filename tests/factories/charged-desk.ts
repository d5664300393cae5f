import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { createTestDatabase } from "#tests/setup/database.ts";
import { startTestPayments } from "#tests/setup/payments.ts";
import { makeCharged } from "./charged-orders.ts";
import { stockOf } from "./look.ts";
import { makeSignIn } from "./sign-in.ts";

/** A paid parcel, and its cooperative's manager at the pages about it. */
export async function openChargedDesk() {
  const payments = await startTestPayments();
  const database = await createTestDatabase();
  const { db } = database;
  const order = await makeCharged({ db, payments });
  const { auth, pool, ...made } = makeSignIn(database.url);
  const { headers, userId } = await made.signIn(made.nextPhone());
  const member = { id: uuidv7(), cooperative_id: order.scope.cooperativeId, user_id: userId };
  await db
    .insertInto("cooperative_members")
    .values({ ...member, role: "manager" })
    .execute();

  /** Sends a form to a page of the parcel, as typed. */
  function send<Answer>(
    action: (args: ActionFunctionArgs) => Answer,
    typed: Record<string, string>,
  ): Answer {
    const request = new Request("http://market.test/", {
      ...{ method: "POST", headers, body: new URLSearchParams(typed) },
    });
    const context = { db, auth, locale: "zh" };
    const { parcelId } = order;
    return action({ request, context, params: { parcelId } } as unknown as ActionFunctionArgs);
  }

  async function close() {
    await pool.end();
    await payments.close();
    await database.drop();
  }

  return { order, send, stock: () => stockOf(db, order.listing.lotIds), close };
}
