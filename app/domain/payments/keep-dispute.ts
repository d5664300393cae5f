import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Dispute } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";

export type Verdict = "open" | "won" | "lost";

/** A warning closed or a dispute prevented has taken nothing; a status that Stripe may add some day is not decided. */
export function verdictOf(status: string): Verdict {
  if (status === "lost") return "lost";
  return ["won", "warning_closed", "prevented"].includes(status) ? "won" : "open";
}

type Look = { id: string; status: string; look: string };

/**
 * The last look at a dispute that was written down: `look` is another after each, also when it
 * brought nothing new. Null before the first.
 */
export async function readLook(
  db: Kysely<DB> | DbTransaction<DB>,
  stripeDisputeId: string,
): Promise<Look | null> {
  const { rows } = await sql<Look>`select id, status, xmin::text as look from disputes
    where stripe_dispute_id = ${stripeDisputeId}`.execute(db);
  return rows[0] ?? null;
}

/**
 * Writes the dispute as Stripe has it; `before` is what was known of it, null when it is new.
 * `earlier` is the look there was before Stripe was asked. When there is another by now, what
 * Stripe said may be older than what is written here: null then, nothing is written, and Stripe
 * must be asked again. A dispute is the one thing at Stripe that goes back and forth; checkouts and
 * refunds only go on, and what is old of them changes nothing. The caller holds the order's row.
 */
export async function keepDispute(
  trx: DbTransaction<DB>,
  paymentId: string,
  dispute: Dispute,
  earlier: Look | null,
): Promise<{ id: string; before: Verdict | null } | null> {
  const { status, fen, reason, dueAt } = dispute;
  const said = { status, fen, reason, due_at: dueAt };
  const known = await readLook(trx, dispute.id);
  if (known?.look !== earlier?.look) return null;
  if (known) {
    const { id } = known;
    const now = { ...said, updated_at: new Date() };
    await trx.updateTable("disputes").set(now).where("id", "=", id).execute();
    return { id, before: verdictOf(known.status) };
  }
  const id = uuidv7();
  await trx
    .insertInto("disputes")
    .values({ ...said, id, payment_id: paymentId, stripe_dispute_id: dispute.id })
    .execute();
  return { id, before: null };
}
