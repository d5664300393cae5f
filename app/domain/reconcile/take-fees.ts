import { type Kysely, sql } from "kysely";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { bookMovements } from "./book-movements.ts";
import { keepMovements } from "./keep-movements.ts";
import { readSettledElsewhere } from "./settled-elsewhere.ts";

/**
 * Takes down what has moved at Stripe since the newest line known, an hour before it to be safe,
 * and posts the fees: between two reconciliations the books are a few minutes behind Stripe, not a
 * day. What this misses the nightly run finds: its window does not build on this one.
 * `elsewhere` is the currency into which Stripe exchanges what was paid in CNY, if it does.
 * Fails with `payments-unavailable` (the next run does it).
 */
export async function takeFees(
  db: Kysely<DB>,
  payments: Pick<PaymentGateway, "listMovements">,
): Promise<
  | { ok: true; booked: number; elsewhere: string | null }
  | { ok: false; reason: "payments-unavailable" }
> {
  const { rows } = await sql<{ since: Date | null }>`
    select max(moved_at) - interval '1 hour' as since from stripe_movements`.execute(db);
  const kept = await keepMovements(db, payments, rows[0]?.since ?? null);
  if (!kept.ok) return { ok: false, reason: kept.reason };
  const elsewhere = await readSettledElsewhere(db, rows[0]?.since ?? new Date(0));
  return { ...(await bookMovements(db)), elsewhere };
}
