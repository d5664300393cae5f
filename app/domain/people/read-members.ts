import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { CoopRole } from "./coop-rights.ts";

export type Member = {
  id: string;
  /** What her cooperative calls her; null for whoever was there before names were asked for. */
  name: string | null;
  /** E.164; null when her account has none. */
  phone: string | null;
  role: CoopRole;
  since: Date;
  /** It is whoever asks. */
  isMe: boolean;
};

export type OpenInvitation = {
  id: string;
  name: string;
  phone: string;
  role: CoopRole;
  expiresAt: Date;
};

const members = (scope: CoopScope) => sql`
  select m.id, m.name, u."phoneNumber" as phone, m.role, m.created_at as since,
    m.user_id = ${scope.userId} as "isMe"
  from cooperative_members m left join auth."user" u on u.id = m.user_id
  where m.cooperative_id = ${scope.cooperativeId} and m.ended_at is null`;

/** Who works for the scope's cooperative, and who has been asked to; oldest first. Locks nothing. */
export async function readMembers(
  db: Kysely<DB>,
  scope: CoopScope,
  { now = new Date() } = {},
): Promise<{ members: Member[]; invitations: OpenInvitation[] }> {
  const [working, asked] = await Promise.all([
    sql<Member>`${members(scope)} order by m.created_at, m.id`.execute(db),
    sql<OpenInvitation>`
      select id, name, phone, role, expires_at as "expiresAt" from cooperative_invitations
      where cooperative_id = ${scope.cooperativeId} and state = 'open' and expires_at > ${now}
      order by created_at, id`.execute(db),
  ]);
  return { members: working.rows, invitations: asked.rows };
}

/** One of them; null for another cooperative's and for whoever has left. Locks nothing. */
export async function readMember(
  db: Kysely<DB>,
  scope: CoopScope,
  memberId: string,
): Promise<Member | null> {
  if (!isUuid(memberId)) return null;
  const { rows } = await sql<Member>`${members(scope)} and m.id = ${memberId}`.execute(db);
  return rows[0] ?? null;
}
