import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

type Run = { id: string; since: Date | null };

/**
 * Marks the lines of a run's window that were kept before it began and that Stripe has not named in
 * it: they are none of Stripe's, whoever wrote them, and count for nothing from now on. What was
 * booked of one then stands in the ledger alone, and is named so each night. One that claims to have
 * been kept later than now was kept before too. Forgets what Stripe has named:
 * only for a run that Stripe has answered whole. Locks the lines that it marks.
 */
export async function findMissing(db: Kysely<DB>, { id, since }: Run): Promise<void> {
  // Stripe's moments are whole seconds: a line on the edge may lie before its window.
  const from = since && new Date(Math.ceil(since.getTime() / 1000) * 1000);
  await sql`
    update stripe_movements m set missing_at = now()
    from reconciliations run
    where run.id = ${id} and missing_at is null and (${from}::timestamptz is null or m.moved_at >= ${from})
      and (m.created_at < run.created_at or m.created_at > now())
      and not exists (select from reconciliation_lines said
        where said.reconciliation_id = ${id} and said.stripe_id = m.stripe_id)`.execute(db);
  await db.deleteFrom("reconciliation_lines").where("reconciliation_id", "=", id).execute();
}
