import type { Transaction } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";

/** Writes into the audit log what someone did to a run or a payout: ids and fen, no names. */
export function noteRun(
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
  const { action, subject: type, id, before, after } = note;
  return noteAct(trx, { actor: scope.userId, action, subject: { type, id }, before, after });
}
