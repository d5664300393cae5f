import type { Kysely, Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import type { CoopRole } from "./coop-rights.ts";
import { lockMembers } from "./lock-members.ts";

/** What she does there, and what she is called (1 to 40 characters). */
type Place = { role: CoopRole; name: string };

export type ChangedMember =
  | { ok: true }
  /** `last-manager`: nobody would be left who could let others in. */
  | { ok: false; reason: "member-not-found" | "last-manager" };

/** Both change one row; what it becomes is `role` and `name`, null for nothing any more. */
async function change(
  db: Kysely<DB>,
  { cooperativeId, userId }: CoopScope,
  { memberId, to, now }: { memberId: string; to: Place | null; now: Date },
): Promise<ChangedMember> {
  if (!isUuid(memberId)) return { ok: false, reason: "member-not-found" };
  return db.transaction().execute(async (trx) => {
    await lockMembers(trx, cooperativeId);
    const member = await trx
      .selectFrom("cooperative_members")
      .select(["role", "name", "ended_at"])
      .where("id", "=", memberId)
      .where("cooperative_id", "=", cooperativeId)
      .executeTakeFirst();
    if (!member) return { ok: false, reason: "member-not-found" };
    const before = member.ended_at ? null : member.role;
    const role = to?.role ?? null;
    // Who has left comes back by an invitation only.
    if (before === null) return to ? { ok: false, reason: "member-not-found" } : { ok: true };
    if (before === role && to?.name === member.name) return { ok: true };
    if (
      before === "manager" &&
      role !== "manager" &&
      !(await hasOtherManager(trx, cooperativeId, memberId))
    ) {
      return { ok: false, reason: "last-manager" };
    }
    await trx
      .updateTable("cooperative_members")
      .set(to ?? { ended_at: now })
      .where("id", "=", memberId)
      .execute();
    if (before === role) return { ok: true };
    await noteAct(trx, {
      ...{ actor: userId, action: role ? "member.role-changed" : "member.ended" },
      subject: { type: "cooperative-member", id: memberId },
      before: { role: before },
      after: { role },
    });
    return { ok: true };
  });
}

async function hasOtherManager(trx: Transaction<DB>, cooperativeId: string, memberId: string) {
  const other = await trx
    .selectFrom("cooperative_members")
    .select("id")
    .where("cooperative_id", "=", cooperativeId)
    .where("role", "=", "manager")
    .where("ended_at", "is", null)
    .where("id", "<>", memberId)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

/**
 * Gives somebody who works for the scope's cooperative another role or name; it holds from her next
 * page on. What she has already changes nothing. Fails with `member-not-found`, also for another
 * cooperative's and for whoever has left, or `last-manager`. Locks the cooperative's members.
 */
export const changeMember = (
  db: Kysely<DB>,
  scope: CoopScope,
  { memberId, now = new Date(), ...to }: Place & { memberId: string; now?: Date },
) => change(db, scope, { memberId, to, now });

/**
 * Ends somebody's work for the scope's cooperative: her next page there is refused. What she did
 * stays hers. Again changes nothing. Fails and locks as changeMember does.
 */
export const endMember = (
  db: Kysely<DB>,
  scope: CoopScope,
  { memberId, now = new Date() }: { memberId: string; now?: Date },
) => change(db, scope, { memberId, to: null, now });
