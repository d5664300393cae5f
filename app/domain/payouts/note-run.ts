import type { Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** Writes into the audit log what someone did to a run or a payout: ids and fen, no names. */
export async function noteRun(
  trx: Transaction<DB>,
  scope: CoopScope,
  note: {
    action: string;
    subject: "payout-run" | "payout" | "cooperative";
    id: string;
    before?: unknown;
    after: unknown;
  },
): Promise<void> {
  await trx
    .insertInto("audit_log")
    .values({
      id: uuidv7(),
      actor_user_id: scope.userId,
      action: note.action,
      subject_type: note.subject,
      subject_id: note.id,
      before: note.before === undefined ? null : JSON.stringify(note.before),
      after: JSON.stringify(note.after),
    })
    .execute();
}
