import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type OpenItem = { id: string; householdId: string; fen: number };

/**
 * The payouts of an approved run that can be taken back with it: posted, not sent back by the bank, and
 * not said by it to be paid. Locks nothing.
 */
export async function readOpenItems(
  db: Kysely<DB> | Transaction<DB>,
  runId: string,
): Promise<OpenItem[]> {
  const { rows } = await sql<OpenItem>`
    select o.id, o.household_id as "householdId", o.fen from payouts o
    where o.payout_run_id = ${runId} and o.status = 'paid' and o.bank_paid_at is null
    order by o.id`.execute(db);
  return rows;
}

export const sumOf = (items: readonly Pick<OpenItem, "fen">[]) =>
  items.reduce((sum, { fen }) => sum + fen, 0);

/** The run's reversal that waits for its second person; null when there is none. Locks nothing. */
export async function readAsked(trx: Transaction<DB>, runId: string) {
  const row = await trx
    .selectFrom("payout_reversals")
    .select(["id", "reason", "note", "asked_by_user_id"])
    .where("payout_run_id", "=", runId)
    .where("status", "=", "asked")
    .executeTakeFirst();
  return row ?? null;
}
