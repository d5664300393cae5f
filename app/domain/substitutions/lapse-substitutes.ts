import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { lockParcels } from "../parcels/lock-parcel.ts";
import { giveUp } from "./give-up.ts";
import { lockSubstitution } from "./lock-substitution.ts";

const AT_ONCE = 200;

type Due = { id: string; orderId: string };

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

/**
 * Ends the proposals that no buyer has answered in time: the money for what is missing goes back. What
 * cannot be given now (her bank decides) is due again in the next run. Answers how many ended. Locks
 * one order at a time, as giveUp says.
 */
export async function lapseSubstitutes(
  db: Kysely<DB>,
  { now = new Date() }: { now?: Date } = {},
): Promise<{ ok: true; lapsed: number }> {
  const { rows } = await sql<Due>`
    select id, order_id as "orderId" from substitutions
    where state = 'open' and answer_by <= ${now} order by answer_by, id limit ${AT_ONCE}`.execute(
    db,
  );
  let lapsed = 0;
  for (const due of rows) if (await lapse(db, due, now)) lapsed += 1;
  return { ok: true, lapsed };
}
