import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Brings a message to what its provider reported of it, if both are known by now. Whoever writes
 * either of the two calls this after it: the lock on the provider's id, held until the transaction
 * ends, lets the later one see the other's. A delivered message stays delivered.
 */
export async function applyReport(trx: DbTransaction<DB>, providerId: string): Promise<void> {
  await sql`
    update messages m set state = case when r.is_delivered then 'delivered' else 'failed' end,
      reason = case when r.is_delivered then null else r.reason end, ended_at = r.created_at
    from message_reports r
    where r.provider_id = ${providerId} and m.provider_id = r.provider_id
      and m.state <> 'delivered'`.execute(trx);
}

/** Waits its turn with this id of the provider's; to be taken before writing what it says. */
export async function lockProviderId(trx: DbTransaction<DB>, providerId: string): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`message-report:${providerId}`}, 0))`.execute(
    trx,
  );
}
