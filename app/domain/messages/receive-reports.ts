import { type Kysely, sql } from "kysely";
import type { SmsReport } from "#app/gateways/sms-callbacks.ts";
import type { DB } from "#db/schema.d.ts";
import { applyReport, lockProviderId } from "./apply-report.ts";

/** Reports of messages that are not ours (sign-in codes) are of no use for longer. */
const KEPT = "7 days";

/**
 * Takes in what the provider says of messages: delivered, or failed and why. The same report again
 * changes nothing, and of two that contradict each other `delivered` counts, in whatever order
 * they come. A report may come before we have written down that the message was sent: it is kept
 * and applied then. Locks each provider's id in turn, in a transaction of its own.
 */
export async function receiveReports(
  db: Kysely<DB>,
  reports: readonly SmsReport[],
): Promise<{ ok: true }> {
  for (const { providerId, isDelivered, reason } of reports) {
    await db.transaction().execute(async (trx) => {
      await lockProviderId(trx, providerId);
      await sql`
        insert into message_reports (provider_id, is_delivered, reason)
        values (${providerId}, ${isDelivered}, ${reason})
        on conflict (provider_id) do update set is_delivered = true, reason = null
          where excluded.is_delivered`.execute(trx);
      await applyReport(trx, providerId);
    });
  }
  await sql`delete from message_reports where created_at < now() - ${KEPT}::interval`.execute(db);
  return { ok: true };
}
