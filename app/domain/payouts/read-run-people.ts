import { type Kysely, sql } from "kysely";
import { type CoopRole, coopRightsOf, coopRoles } from "#app/domain/people/coop-rights.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** Somebody who works, or worked, for the cooperative: what colleagues know her by. */
export type RunPerson = {
  role: CoopRole;
  /** The last four digits of her phone; what she is called is for managers alone. */
  tail: string;
  isMe: boolean;
};

export type RunPeople = {
  /** Null for somebody who never worked for the cooperative. */
  preparedBy: RunPerson | null;
  confirmedBy: RunPerson | null;
  /** Who prepared it may not approve it. */
  isMine: boolean;
};

const moneyRoles = coopRoles.filter((role) => coopRightsOf[role].includes("money"));

const person = (scope: CoopScope) => sql`m.role, right(u."phoneNumber", 4) as tail,
  m.user_id = ${scope.userId} as "isMe"`;

/** Who else may approve what the scope's person prepares, oldest first. Locks nothing. */
export async function readOtherApprovers(db: Kysely<DB>, scope: CoopScope): Promise<RunPerson[]> {
  const { rows } = await sql<RunPerson>`
    select ${person(scope)} from cooperative_members m
    left join auth."user" u on u.id = m.user_id
    where m.cooperative_id = ${scope.cooperativeId} and m.ended_at is null
      and m.user_id <> ${scope.userId} and m.role in (${sql.join(moneyRoles)})
      -- Of several cooperatives she acts for the one that she joined first (read-roles.ts).
      and not exists (select from cooperative_members o where o.user_id = m.user_id
        and o.ended_at is null and (o.created_at, o.id) < (m.created_at, m.id))
    order by m.created_at, m.id`.execute(db);
  return rows;
}

/**
 * SQL over a query with `run`: somebody who did something with a run of the scope's cooperative, by the
 * column of her user's id; null for somebody who never worked for it.
 */
export const personOf = (scope: CoopScope, userId: string) => sql<RunPerson | null>`(
  select to_jsonb(who) from (
    select ${person(scope)} from cooperative_members m
    left join auth."user" u on u.id = m.user_id
    where m.cooperative_id = run.cooperative_id and m.user_id = ${sql.ref(userId)}) who)`;

/** Who prepared a run of the scope's cooperative and who approved it. Locks nothing. */
export async function readRunPeople(
  db: Kysely<DB>,
  scope: CoopScope,
  runId: string,
): Promise<RunPeople> {
  const { rows } = await sql<Omit<RunPeople, "isMine">>`
    select ${personOf(scope, "run.prepared_by_user_id")} as "preparedBy",
      ${personOf(scope, "run.confirmed_by_user_id")} as "confirmedBy"
    from payout_runs run
    where run.id = ${runId} and run.cooperative_id = ${scope.cooperativeId}`.execute(db);
  const { preparedBy, confirmedBy } = rows[0] ?? { preparedBy: null, confirmedBy: null };
  return { preparedBy, confirmedBy, isMine: preparedBy?.isMe ?? false };
}
