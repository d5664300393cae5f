import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { CoopRole } from "#app/domain/people/coop-rights.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { createTestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { makeCharged } from "./charged-orders.ts";
import { stockOf } from "./look.ts";
import { makeSignIn } from "./sign-in.ts";

type Paid = { parcelId: string; scope: CoopScope; listing: { lotIds: string[] } };
type Make<Order> = (db: Kysely<DB>, payments: TestPayments) => Promise<Order>;

/** A paid parcel, and somebody of its cooperative at the pages about it. */
export async function openDesk<Order extends Paid>(make: Make<Order>, role: CoopRole = "manager") {
  const payments = await startTestPayments();
  const database = await createTestDatabase();
  const { db } = database;
  const order = await make(db, payments);
  const { auth, pool, ...made } = makeSignIn(database.url);
  const { headers, userId } = await made.signIn(made.nextPhone());
  const member = { id: uuidv7(), cooperative_id: order.scope.cooperativeId, user_id: userId, role };
  await db.insertInto("cooperative_members").values(member).execute();

  /** Sends a form to a page of the parcel, as typed; `asked` is what its address says besides. */
  function send<Answer>(
    page: (args: ActionFunctionArgs) => Answer,
    typed: Record<string, string>,
    asked = "",
  ): Answer {
    const request = new Request(`http://market.test/${asked}`, {
      ...{ method: "POST", headers, body: new URLSearchParams(typed) },
    });
    const context = { db, auth, locale: "zh" };
    const { parcelId } = order;
    return page({ request, context, params: { parcelId } } as unknown as ActionFunctionArgs);
  }

  async function close() {
    await pool.end();
    await payments.close();
    await database.drop();
  }

  return { db, order, send, stock: () => stockOf(db, order.listing.lotIds), close };
}

/** The same of two boxes of one kind, before its manager. */
export const openChargedDesk = () => openDesk((db, payments) => makeCharged({ db, payments }));
