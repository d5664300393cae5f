import { type Kysely, sql, type Transaction } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { queueMessage } from "../messages/queue-message.ts";
import type { CoopRole } from "./coop-rights.ts";
import { INVITATION_DAYS, MOST_INVITATIONS } from "./invitation-rule.ts";
import { lockMembers } from "./lock-members.ts";

export type InvitedMember =
  | { ok: true; invitationId: string; isNew: boolean }
  | { ok: false; reason: "works-here" | "invited-already" | "too-many-invitations" }
  /** By the same form: her. */
  | { ok: false; reason: "invited-before"; phone: string; name: string; role: CoopRole };

async function refusal(trx: Transaction<DB>, cooperativeId: string, phone: string) {
  const { rows } = await sql<{ worksHere: boolean; isInvited: boolean; open: number }>`
    select exists (select from cooperative_members m join auth."user" u on u.id = m.user_id
        where m.cooperative_id = ${cooperativeId} and m.ended_at is null
          and u."phoneNumber" = ${phone}) as "worksHere",
      coalesce(bool_or(i.phone = ${phone}), false) as "isInvited", count(*)::int as open
    from cooperative_invitations i
    where i.cooperative_id = ${cooperativeId} and i.state = 'open'`.execute(trx);
  if (rows[0]?.worksHere) return "works-here";
  if (rows[0]?.isInvited) return "invited-already";
  return (rows[0]?.open ?? 0) >= MOST_INVITATIONS ? "too-many-invitations" : null;
}

/**
 * Asks whoever has this phone number (E.164) to work for the scope's cooperative, as what, under the
 * name by which it calls her (1 to 40 characters): by a text message, and on her account's page once
 * she has signed in by that number. Open for fourteen days. The same form again (`clientKey`) is the
 * same invitation (`isNew: false`).
 *
 * Fails with `works-here`, `invited-already` (and not answered), `too-many-invitations` (30 are
 * open), `invited-before` (the same form has asked somebody else, or its invitation is over). Locks the
 * cooperative's members (see lock-members.ts).
 */
export async function inviteMember(
  db: Kysely<DB>,
  scope: CoopScope,
  asked: { phone: string; name: string; role: CoopRole; clientKey: string; now?: Date },
): Promise<InvitedMember> {
  const { phone, name, role, clientKey, now = new Date() } = asked;
  const { cooperativeId, userId } = scope;
  return db.transaction().execute(async (trx) => {
    await lockMembers(trx, cooperativeId);
    await trx
      .updateTable("cooperative_invitations")
      .set({ state: "expired", ended_at: now })
      .where("cooperative_id", "=", cooperativeId)
      .where("state", "=", "open")
      .where("expires_at", "<=", now)
      .execute();
    const known = await trx
      .selectFrom("cooperative_invitations")
      .select(["id", "phone", "name", "role", "state"])
      .where("cooperative_id", "=", cooperativeId)
      .where("client_key", "=", clientKey)
      .executeTakeFirst();
    const stands = known?.state === "open" || known?.state === "accepted";
    const isSame = known?.phone === phone && known.name === name && known.role === role;
    if (known && stands && isSame) return { ok: true, invitationId: known.id, isNew: false };
    const reason = await refusal(trx, cooperativeId, phone);
    if (reason) return { ok: false, reason };
    if (known) {
      const before = { phone: known.phone, name: known.name, role: known.role as CoopRole };
      return { ok: false, reason: "invited-before", ...before };
    }
    const id = uuidv7();
    await trx
      .insertInto("cooperative_invitations")
      .values({
        ...{ id, cooperative_id: cooperativeId, client_key: clientKey, phone, name, role },
        ...{ invited_by: userId, created_at: now },
        expires_at: new Date(now.getTime() + INVITATION_DAYS * 24 * 60 * 60_000),
      })
      .execute();
    await noteAct(trx, {
      ...{ actor: userId, action: "member.invited", after: { invitationId: id, role } },
      subject: { type: "cooperative", id: cooperativeId },
    });
    const { name_zh: cooperative } = await trx
      .selectFrom("cooperatives")
      .select("name_zh")
      .where("id", "=", cooperativeId)
      .executeTakeFirstOrThrow();
    await queueMessage(trx, {
      ...{ to: { phone }, template: "people.invited", params: { cooperative } },
      key: `people.invited:${id}`,
    });
    return { ok: true, invitationId: id, isNew: true };
  });
}

/**
 * Takes an open invitation of the scope's cooperative back; one that is not open stays as it is
 * (false). Locks the cooperative's members.
 */
export async function takeBackInvitation(
  db: Kysely<DB>,
  { cooperativeId, userId }: CoopScope,
  { invitationId, now = new Date() }: { invitationId: string; now?: Date },
): Promise<boolean> {
  if (!isUuid(invitationId)) return false;
  return db.transaction().execute(async (trx) => {
    await lockMembers(trx, cooperativeId);
    const ended = await trx
      .updateTable("cooperative_invitations")
      .set({ state: "taken-back", ended_at: now })
      .where("id", "=", invitationId)
      .where("cooperative_id", "=", cooperativeId)
      .where("state", "=", "open")
      .returning("id")
      .executeTakeFirst();
    if (!ended) return false;
    await noteAct(trx, {
      ...{ actor: userId, action: "member.invitation-taken-back", after: { invitationId } },
      subject: { type: "cooperative", id: cooperativeId },
    });
    return true;
  });
}
