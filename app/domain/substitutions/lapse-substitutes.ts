import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { lockParcels } from "../parcels/lock-parcel.ts";
import { giveUp } from "./give-up.ts";
import { lockSubstitution } from "./lock-substitution.ts";

const AT_ONCE = 200;

type Due = { id: string; orderId: string; answerBy: string };

async function lapse(db: Kysely<DB>, { id, orderId }: Due, now: Date): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, orderId);
    if (!order) return false;
    const siblings = await lockParcels(trx, orderId);
    const substitution = await lockSubstitution(trx, { orderId, id });
    // Answered in the meantime.
    if (substitution?.state !== "open" || substitution.answerBy > now) return false;
    const of = { order, siblings, substitution, state: "lapsed", userId: null, now } as const;
    return (await giveUp(trx, of)).ok;
  });
}

const due = (db: Kysely<DB>, { now, after, atOnce }: { now: Date; after?: Due; atOnce: number }) =>
  sql<Due>`
    select id, order_id as "orderId", answer_by::text as "answerBy" from substitutions
    where state = 'open' and answer_by <= ${now} and (${after?.id ?? null}::uuid is null
      or (answer_by, id) > (${after?.answerBy ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by answer_by, id limit ${atOnce}`.execute(db);

/**
 * Ends the proposals that no buyer has answered in time: the money for what is missing goes back. What
 * cannot be given now (her bank decides) is due again in the next run, and holds up no other. Answers
 * how many ended. Locks one order at a time, as giveUp says.
 */
export async function lapseSubstitutes(
  db: Kysely<DB>,
  { now = new Date(), atOnce = AT_ONCE }: { now?: Date; atOnce?: number } = {},
): Promise<{ ok: true; lapsed: number }> {
  let lapsed = 0;
  let last: Due | undefined;
  do {
    const { rows } = await due(db, { now, after: last, atOnce });
    for (const each of rows) if (await lapse(db, each, now)) lapsed += 1;
    last = rows[atOnce - 1];
  } while (last);
  return { ok: true, lapsed };
}
