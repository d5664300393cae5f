import { type Kysely, sql, type Transaction } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import type { CoopRole } from "./coop-rights.ts";
import { lockMembers } from "./lock-members.ts";

/** Who is signed in, and by which number (E.164). */
type Invited = { userId: string; phone: string };

export type Invitation = {
  id: string;
  cooperative: { nameZh: string; nameEn: string };
  role: CoopRole;
  expiresAt: Date;
};

/** The invitations that wait for her answer, oldest first. Locks nothing. */
export async function readInvitations(
  db: Kysely<DB>,
  { phone, now = new Date() }: { phone: string; now?: Date },
): Promise<Invitation[]> {
  const { rows } = await sql<Invitation>`
    select i.id, i.role, i.expires_at as "expiresAt",
      json_build_object('nameZh', c.name_zh, 'nameEn', c.name_en) as cooperative
    from cooperative_invitations i join cooperatives c on c.id = i.cooperative_id
    where i.phone = ${phone} and i.state = 'open' and i.expires_at > ${now}
    order by i.created_at, i.id`.execute(db);
  return rows;
}

export type AnsweredInvitation =
  | { ok: true }
  /** `not-open`: there is none for her under this id, it was taken back, has ended, or has an answer. */
  | { ok: false; reason: "not-open" | "works-elsewhere" };

const isElsewhere = async (trx: Transaction<DB>, userId: string, cooperativeId: string) => {
  const { rows } = await sql`select 1 from cooperative_members
    where user_id = ${userId} and cooperative_id <> ${cooperativeId} and ended_at is null`.execute(
    trx,
  );
  return rows.length > 0;
};

/**
 * Answers an invitation. Whoever says yes works for that cooperative from now on, in the role it
 * named, also when she did before and had left. The same answer again changes nothing.
 *
 * Fails with `not-open`, or `works-elsewhere` (one works for one cooperative at a time; the
 * invitation stays open). Locks the cooperative's members, then what she works for: two invitations
 * answered at once are answered one after the other.
 */
export async function answerInvitation(
  db: Kysely<DB>,
  { userId, phone }: Invited,
  asked: { invitationId: string; isYes: boolean; now?: Date },
): Promise<AnsweredInvitation> {
  const { invitationId, isYes, now = new Date() } = asked;
  if (!isUuid(invitationId)) return { ok: false, reason: "not-open" };
  const found = await db
    .selectFrom("cooperative_invitations")
    .select("cooperative_id")
    .where("id", "=", invitationId)
    .where("phone", "=", phone)
    .executeTakeFirst();
  if (!found) return { ok: false, reason: "not-open" };
  const { cooperative_id: cooperativeId } = found;
  return db.transaction().execute(async (trx) => {
    await lockMembers(trx, cooperativeId);
    await sql`select pg_advisory_xact_lock(hashtextextended(${`works-for:${userId}`}, 0))`.execute(
      trx,
    );
    const { name, role, state, expires_at } = await trx
      .selectFrom("cooperative_invitations")
      .select(["name", "role", "state", "expires_at"])
      .where("id", "=", invitationId)
      .executeTakeFirstOrThrow();
    const end = isYes ? "accepted" : "declined";
    if (state === end) return { ok: true };
    if (state !== "open" || expires_at <= now) return { ok: false, reason: "not-open" };
    if (isYes && (await isElsewhere(trx, userId, cooperativeId))) {
      return { ok: false, reason: "works-elsewhere" };
    }
    await trx
      .updateTable("cooperative_invitations")
      .set({ state: end, ended_at: now })
      .where("id", "=", invitationId)
      .execute();
    if (isYes) {
      const member = {
        id: uuidv7(),
        cooperative_id: cooperativeId,
        user_id: userId,
        created_at: now,
      };
      await trx
        .insertInto("cooperative_members")
        .values({ ...member, name, role })
        .onConflict((conflict) =>
          conflict
            .columns(["cooperative_id", "user_id"])
            .doUpdateSet({ name, role, ended_at: null }),
        )
        .execute();
    }
    await noteAct(trx, {
      ...{ actor: userId, action: `member.${end}`, after: { invitationId, role } },
      subject: { type: "cooperative", id: cooperativeId },
    });
    return { ok: true };
  });
}
