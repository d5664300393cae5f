import type { Kysely, Transaction } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { queueMessage } from "../messages/queue-message.ts";
import { addMember, type Decided, decide } from "./decide-application.ts";
import { isFarming } from "./lock-farming.ts";

/** Who farms for a household already hears that another phone does now. */
async function tellOthers(trx: Transaction<DB>, householdId: string, applicationId: string) {
  const other = await trx
    .selectFrom("household_members")
    .select("id")
    .where("household_id", "=", householdId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  if (!other) return;
  const template = "join.another-phone";
  const key = `${template}:${applicationId}`;
  await queueMessage(trx, { to: { householdId }, template, params: {}, key });
}

/**
 * Approves an application to farm for a household that the scope's cooperative has: the one of the
 * register code that was typed, as the manager saw it (`householdId`). The phones that farm for it
 * are told. A helper is kept where the household has none.
 *
 * Fails as decide does, and with `household-changed` or `farms-already`. Locks as decide does, then
 * the household.
 */
export function joinHousehold(
  db: Kysely<DB>,
  scope: CoopScope,
  asked: { applicationId: string; householdId: string; now?: Date },
): Promise<Decided> {
  const { applicationId, now = new Date() } = asked;
  return decide(db, scope, { applicationId, now }, async (trx, application) => {
    const household = await trx
      .selectFrom("households")
      .select(["id", "helper_name"])
      .where("register_code", "=", application.register_code)
      .where("cooperative_id", "=", scope.cooperativeId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (household?.id !== asked.householdId) return "household-changed";
    if (await isFarming(trx, application.user_id)) return "farms-already";
    await tellOthers(trx, household.id, applicationId);
    await addMember(trx, application, { householdId: household.id, now });
    if (household.helper_name === null && application.helper_name !== null) {
      await trx
        .updateTable("households")
        .set({ helper_name: application.helper_name })
        .where("id", "=", household.id)
        .execute();
    }
    return { state: "approved", householdId: household.id };
  });
}
