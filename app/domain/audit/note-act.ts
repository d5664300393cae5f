import type { Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";

/**
 * Writes into the audit log who did what to what, in the transaction that does it; `before` and
 * `after` hold ids, states and amounts, no name and no phone number. Locks nothing.
 */
export async function noteAct(
  trx: Transaction<DB>,
  act: {
    actor: string;
    /** "member.ended": what it was done to, and what. */
    action: string;
    subject: { type: string; id: string };
    before?: unknown;
    after?: unknown;
  },
): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await trx
    .insertInto("audit_log")
    .values({
      ...{ id: uuidv7(), actor_user_id: act.actor, action: act.action },
      ...{ subject_type: act.subject.type, subject_id: act.subject.id },
      ...{ before: json(act.before), after: json(act.after) },
    })
    .execute();
}
