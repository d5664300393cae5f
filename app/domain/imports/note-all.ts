import { sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { noteOrigins } from "#app/domain/audit/note-act.ts";
import { addJobs } from "#app/domain/queue/queue-job.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** A change of a listing by its cooperative. */
export type NotedChange = {
  listingId: string;
  /** Whose own it is, who is to be told; null of a pooled one. */
  householdId: string | null;
  what: string;
  before: string;
  after: string;
  lotId?: string;
  quantity?: number;
  clientKey?: string;
};

/**
 * What note-changes.ts does of one listing, of many at once: each change into the listing's history,
 * that its household is to be told, and the listing queued to be indexed. The caller makes the
 * changes in the same transaction and holds the listings' rows; the jobs' keys are locks, taken in
 * order behind those.
 */
export async function noteAll(
  trx: Transaction<DB>,
  { userId }: CoopScope,
  changes: readonly NotedChange[],
): Promise<void> {
  const rows = changes.map((change) => ({ id: uuidv7(), ...change }));
  await sql`
    insert into listing_changes (id, listing_id, what, before, after, lot_id, quantity, client_key,
      changed_by, by_cooperative)
    select id, "listingId", what, before, after, "lotId", quantity, "clientKey", ${userId}, true
    from jsonb_to_recordset(${JSON.stringify(rows)}) as r (id uuid, "listingId" uuid, what text,
      before text, after text, "lotId" uuid, quantity int, "clientKey" text)`.execute(trx);
  await noteOrigins(
    trx,
    rows.map(({ id }) => id),
  );
  const first = new Map(rows.toReversed().map((row) => [row.listingId, row]));
  const listings = JSON.stringify([...first.values()]);
  await sql`
    insert into untold_changes (listing_id, household_id, change_id)
    select "listingId", "householdId", id from jsonb_to_recordset(${listings})
      as r (id uuid, "listingId" uuid, "householdId" uuid)
    where "householdId" is not null
    on conflict (listing_id) do nothing`.execute(trx);
  await sql`${addJobs(sql`
    select 'index-listing' as task, json_build_object('listingId', "listingId") as payload,
      'index-listing:' || "listingId" as key
    from jsonb_to_recordset(${listings}) as r ("listingId" uuid)`)}`.execute(trx);
}
