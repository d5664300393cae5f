import type { Kysely, Transaction } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { queueMessage } from "../messages/queue-message.ts";
import { lockFarming } from "./lock-farming.ts";

export type Decided =
  | { ok: true; householdId: string | null }
  | {
      ok: false;
      reason:
        | "application-not-found"
        /** A colleague was quicker; what she decided stands. */
        | "decided-already"
        | "taken-back"
        /** Nobody lets herself in. */
        | "own-application"
        /** She farms for another household by now. */
        | "farms-already"
        /** The household of this register code is another, or there is one by now. */
        | "household-changed"
        | "no-programme";
    };
export type Refused = Extract<Decided, { ok: false }>["reason"];

const read = (trx: Transaction<DB>, id: string) =>
  trx
    .selectFrom("household_applications")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirstOrThrow();
export type Application = Awaited<ReturnType<typeof read>>;
type Decision = { state: "approved"; householdId: string } | { state: "refused"; reason: string };

/**
 * Decides one open application of the scope's cooperative: `work` says how, with what it writes
 * before. The same manager's answer again is the one that she gave. Fails as `Decided` says and as
 * `work` does. Locks the applicant's farming, then the application.
 */
export async function decide(
  db: Kysely<DB>,
  { userId, cooperativeId }: CoopScope,
  { applicationId, now }: { applicationId: string; now: Date },
  work: (trx: Transaction<DB>, application: Application) => Promise<Decision | Refused>,
): Promise<Decided> {
  const fail = (reason: Refused): Decided => ({ ok: false, reason });
  if (!isUuid(applicationId)) return fail("application-not-found");
  const found = await db
    .selectFrom("household_applications")
    .select("user_id")
    .where("id", "=", applicationId)
    .where("cooperative_id", "=", cooperativeId)
    .executeTakeFirst();
  if (!found) return fail("application-not-found");
  if (found.user_id === userId) return fail("own-application");
  return db.transaction().execute(async (trx) => {
    await lockFarming(trx, found.user_id);
    const application = await read(trx, applicationId);
    const { state, decided_by, household_id } = application;
    if (state === "taken-back") return fail("taken-back");
    if (state !== "open") {
      return decided_by === userId
        ? { ok: true, householdId: household_id }
        : fail("decided-already");
    }
    const decision = await work(trx, application);
    if (typeof decision === "string") return fail(decision);
    const householdId = decision.state === "approved" ? decision.householdId : null;
    await trx
      .updateTable("household_applications")
      .set({ state: decision.state, household_id: householdId, decided_by: userId, ended_at: now })
      .set({ reason: decision.state === "refused" ? decision.reason : null })
      .where("id", "=", applicationId)
      .execute();
    await noteAct(trx, {
      ...{ actor: userId, action: `household.application-${decision.state}` },
      subject: { type: "household-application", id: applicationId },
      before: { state },
      after: { state: decision.state, householdId },
    });
    await tellApplicant(trx, application, decision.state);
    return { ok: true, householdId };
  });
}

async function tellApplicant(
  trx: Transaction<DB>,
  { id, user_id, cooperative_id, locale }: Application,
  state: Decision["state"],
) {
  const { name_zh, name_en } = await trx
    .selectFrom("cooperatives")
    .select(["name_zh", "name_en"])
    .where("id", "=", cooperative_id)
    .executeTakeFirstOrThrow();
  await queueMessage(trx, {
    ...{ to: { userId: user_id }, template: `join.${state}`, key: `join.decided:${id}` },
    params: { cooperative: locale === "en" ? name_en : name_zh },
    locale: locale === "en" ? "en" : "zh",
  });
}

/** Her phone farms for the household from now on; the caller knows that it farms for no other. */
export async function addMember(
  trx: Transaction<DB>,
  { user_id, relation, locale }: Application,
  { householdId, now }: { householdId: string; now: Date },
): Promise<void> {
  const member = { id: uuidv7(), household_id: householdId, user_id, relation, locale };
  await trx
    .insertInto("household_members")
    .values({ ...member, created_at: now })
    .execute();
}

/**
 * Refuses an application; she is told by text message and reads the reason (1 to 200 characters)
 * once signed in. Fails and locks as decide does.
 */
export const refuseApplication = (
  db: Kysely<DB>,
  scope: CoopScope,
  {
    applicationId,
    reason,
    now = new Date(),
  }: { applicationId: string; reason: string; now?: Date },
) => decide(db, scope, { applicationId, now }, async () => ({ state: "refused", reason }));
