import type { Transaction as DbTransaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import type { ParamsOf, Template } from "./templates.ts";

/** To whom: a household's member, a user, or a phone in E.164 ("+8613800000000"). */
export type Addressee = { householdId: string } | { userId: string } | { phone: string };

/**
 * Owes somebody a text message, inside the transaction that has something to tell: it is sent
 * exactly if that commits. One key is one message, whatever is asked for under it later
 * (`isNew: false`). Which phone an addressee has is looked up when it is sent. Locks nothing.
 */
export async function queueMessage<Name extends Template>(
  trx: DbTransaction<DB>,
  message: {
    to: Addressee;
    template: Name;
    /** Kept in clear until it is sent and after: no code and no secret may be among them. */
    params: ParamsOf<Name>;
    key: string;
    /** A household's messages come in the language its member last used, if any. */
    locale?: "zh" | "en";
  },
): Promise<{ ok: true; isNew: boolean }> {
  const { to, template, params, key, locale = "zh" } = message;
  const id = uuidv7();
  const kept = await trx
    .insertInto("messages")
    .values({
      ...{ id, key, template, locale, params: JSON.stringify(params) },
      household_id: "householdId" in to ? to.householdId : null,
      user_id: "userId" in to ? to.userId : null,
      phone: "phone" in to ? to.phone : null,
    })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!kept) return { ok: true, isNew: false };
  await queueJob(trx, "send-message", { messageId: id }, { key: `send-message:${id}` });
  return { ok: true, isNew: true };
}
