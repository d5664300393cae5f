import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Relation } from "./join-rule.ts";
import type { PublicName } from "./public-name.ts";
import type { ApplicationState } from "./read-own-application.ts";
import { type Programme, readProgrammes } from "./read-programmes.ts";
import { suggestName } from "./suggest-name.ts";

/** What somebody typed to a cooperative, and by which phone (E.164). */
export type OpenApplication = {
  id: string;
  registerCode: string;
  headName: string;
  village: string;
  helperName: string | null;
  relation: Relation;
  phone: string | null;
  sentAt: Date;
  /** It is whoever asks: somebody else has to decide. */
  isMine: boolean;
};

/** The household of that register code, as far as this cooperative may know. */
export type Match =
  | {
      kind: "own";
      household: {
        id: string;
        headName: string;
        villageZh: string;
        villageEn: string;
        aliasZh: string;
        aliasEn: string;
        helperName: string | null;
        phones: number;
      };
    }
  /** Another cooperative's: which, and what is known of it, is not this one's business. */
  | { kind: "elsewhere" }
  | { kind: "none"; name: PublicName; programmes: Programme[] };

export type ApplicationPage =
  | { isOpen: true; application: OpenApplication; match: Match }
  /** What was typed is shown no longer than it is needed. */
  | {
      isOpen: false;
      id: string;
      state: ApplicationState;
      reason: string | null;
      householdId: string | null;
      endedAt: Date | null;
    };

const open = (scope: CoopScope) => sql`
  select a.id, a.register_code as "registerCode", a.head_name as "headName", a.village,
    a.helper_name as "helperName", a.relation, u."phoneNumber" as phone,
    a.created_at as "sentAt", a.user_id = ${scope.userId} as "isMine"
  from household_applications a left join auth."user" u on u.id = a.user_id
  where a.cooperative_id = ${scope.cooperativeId} and a.state = 'open'`;

/** The applications that wait for the scope's cooperative, oldest first, 50 at the most. Locks nothing. */
export async function readApplications(
  db: Kysely<DB>,
  scope: CoopScope,
): Promise<OpenApplication[]> {
  const { rows } = await sql<OpenApplication>`${open(scope)}
    order by a.created_at, a.id limit 50`.execute(db);
  return rows;
}

/** How many wait. Locks nothing. */
export async function countApplications(db: Kysely<DB>, scope: CoopScope): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from household_applications
    where cooperative_id = ${scope.cooperativeId} and state = 'open'`.execute(db);
  return rows[0]?.count ?? 0;
}

type Known = { isOwn: boolean } & Extract<Match, { kind: "own" }>["household"];

async function match(db: Kysely<DB>, scope: CoopScope, typed: OpenApplication): Promise<Match> {
  const { rows } = await sql<Known>`
    select h.cooperative_id = ${scope.cooperativeId} as "isOwn", h.id, h.head_name as "headName",
      h.village_zh as "villageZh", h.village_en as "villageEn", h.alias_zh as "aliasZh",
      h.alias_en as "aliasEn", h.helper_name as "helperName",
      (select count(*)::int from household_members m
        where m.household_id = h.id and m.ended_at is null) as phones
    from households h where h.register_code = ${typed.registerCode}`.execute(db);
  const [found] = rows;
  if (!found) {
    const [name, programmes] = await Promise.all([
      suggestName(db, scope, typed),
      readProgrammes(db, scope),
    ]);
    return { kind: "none", name, programmes };
  }
  const { isOwn, ...household } = found;
  return isOwn ? { kind: "own", household } : { kind: "elsewhere" };
}

/**
 * One application to the scope's cooperative, with what it knows of that household; null for another
 * cooperative's. Locks nothing.
 */
export async function readApplication(
  db: Kysely<DB>,
  scope: CoopScope,
  applicationId: string,
): Promise<ApplicationPage | null> {
  if (!isUuid(applicationId)) return null;
  const { rows } = await sql<OpenApplication>`${open(scope)} and a.id = ${applicationId}`.execute(
    db,
  );
  const [application] = rows;
  if (application) {
    return { isOpen: true, application, match: await match(db, scope, application) };
  }
  const ended = await db
    .selectFrom("household_applications")
    .select(["id", "state", "reason", "household_id as householdId", "ended_at as endedAt"])
    .where("id", "=", applicationId)
    .where("cooperative_id", "=", scope.cooperativeId)
    .executeTakeFirst();
  if (!ended) return null;
  return { isOpen: false, ...ended, state: ended.state as ApplicationState };
}
