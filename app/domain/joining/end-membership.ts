import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { readHouseholdPhone } from "../consents/read-household.ts";
import { takeBackQuestions } from "../consents/take-back-questions.ts";
import { lockFarming } from "./lock-farming.ts";

export type EndedMembership = { ok: true } | { ok: false; reason: "member-not-found" };

const own = (db: Kysely<DB>, scope: CoopScope, asked: Asked) =>
  db
    .selectFrom("household_members as m")
    .innerJoin("households as h", "h.id", "m.household_id")
    .select(["m.user_id as userId", "m.ended_at as endedAt"])
    .where("m.id", "=", asked.memberId)
    .where("h.id", "=", asked.householdId)
    .where("h.cooperative_id", "=", scope.cooperativeId)
    .executeTakeFirst();

type Asked = { householdId: string; memberId: string };

/**
 * Takes a phone off a household of the scope's cooperative: the next farm page that it opens is
 * closed to it, and no message of the household reaches it. What was done by it stays. If the
 * household was asked things on it, those questions are taken back. Again changes nothing.
 *
 * Fails with `member-not-found`, also for another cooperative's. Locks whose phone it is (see
 * lock-farming.ts), then the questions in the order of their listings.
 */
export async function endMembership(
  db: Kysely<DB>,
  scope: CoopScope,
  { now = new Date(), ...asked }: Asked & { now?: Date },
): Promise<EndedMembership> {
  const { householdId, memberId } = asked;
  const unknown = { ok: false, reason: "member-not-found" } as const;
  if (!isUuid(householdId) || !isUuid(memberId)) return unknown;
  const found = await own(db, scope, asked);
  if (!found) return unknown;
  return db.transaction().execute(async (trx) => {
    await lockFarming(trx, found.userId);
    const member = await own(trx, scope, asked);
    if (!member) return unknown;
    if (member.endedAt) return { ok: true };
    const askedOn = await readHouseholdPhone(trx, householdId);
    await trx
      .updateTable("household_members")
      .set({ ended_at: now })
      .where("id", "=", memberId)
      .execute();
    // Whoever has that phone now could answer by the link.
    if (askedOn !== (await readHouseholdPhone(trx, householdId))) {
      await takeBackQuestions(trx, householdId, scope.userId, now);
    }
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "household.phone-removed" },
      subject: { type: "household", id: householdId },
      before: { memberId },
      after: null,
    });
    return { ok: true };
  });
}
