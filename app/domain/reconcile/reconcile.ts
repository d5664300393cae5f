import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { bookMovements } from "./book-movements.ts";
import { compareSides } from "./compare-sides.ts";
import { findMissing } from "./find-missing.ts";
import { keepMovements } from "./keep-movements.ts";

const MINUTE_MS = 60_000;

/**
 * Each run asks Stripe again for the three days before the last one began, though Stripe promises
 * that a line once shown stays: a line that appeared late, or a page lost on the way, is found.
 */
export const OVERLAP_MS = 3 * 24 * 60 * MINUTE_MS;

/** A payment's webhook, and the sweeper that replaces a lost one, have their effect within this. */
export const GRACE_MINUTES = 120;

export type Reconciled =
  | { ok: true; id: string; differenceCount: number; inFlightCount: number; booked: number }
  | { ok: false; reason: "payments-unavailable" };

/** A window that holds everything, as often: what is older than the others' is judged anew by it. */
const WHOLE_EVERY_MS = 6.5 * 24 * 60 * MINUTE_MS;

/** Whether the last finished run that asked Stripe for everything is a week old, or none has. */
export async function isWholeDue(db: Kysely<DB>, now = new Date()): Promise<boolean> {
  const last = await db
    .selectFrom("reconciliations")
    .select("id")
    .where("status", "=", "done")
    .where("since", "is", null)
    .where("started_at", ">", new Date(now.getTime() - WHOLE_EVERY_MS))
    .limit(1)
    .executeTakeFirst();
  return last === undefined;
}

/** From where the last run that asked for its whole window has read; null: from the beginning. */
async function readSince(db: Kysely<DB>): Promise<Date | null> {
  const last = await db
    .selectFrom("reconciliations")
    .select("started_at")
    .where("status", "=", "done")
    .orderBy("started_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return last ? new Date(new Date(last.started_at).getTime() - OVERLAP_MS) : null;
}

/**
 * Reconciles the ledger with Stripe's balance: takes down what moved at Stripe, counts out what was
 * kept and is not there, posts what only
 * Stripe can tell (fees, payouts to our bank), compares everything, both ways, and keeps a report
 * that names each difference. It mends none. Any number of runs, also at once, come to the same
 * report. What moved within the grace before the start is not judged yet.
 *
 * `all` asks Stripe for everything anew instead of three days before the last run. Fails with
 * `payments-unavailable`; the run is then kept as failed and the next one covers its window.
 */
export async function reconcile(
  db: Kysely<DB>,
  payments: Pick<PaymentGateway, "listMovements">,
  asked: { now?: Date; all?: boolean; graceMinutes?: number } = {},
): Promise<Reconciled> {
  const startedAt = asked.now ?? new Date();
  const graceMinutes = asked.graceMinutes ?? GRACE_MINUTES;
  const since = asked.all ? null : await readSince(db);
  const id = uuidv7();
  await db
    .insertInto("reconciliations")
    .values({ id, status: "running", since, started_at: startedAt, grace_minutes: graceMinutes })
    .execute();
  const kept = await keepMovements(db, payments, since, id);
  if (!kept.ok) {
    await db
      .updateTable("reconciliations")
      .set({ status: "failed", finished_at: new Date(), movement_count: kept.seen })
      .where("id", "=", id)
      .execute();
    return { ok: false, reason: kept.reason };
  }
  await findMissing(db, { id, since });
  const { booked } = await bookMovements(db);
  const compared = await compareSides(db, {
    id,
    judgedUntil: new Date(startedAt.getTime() - graceMinutes * MINUTE_MS),
    finishedAt: new Date(),
    movementCount: kept.seen,
    booked,
  });
  return { ok: true, id, booked, ...compared };
}
