import { type Kysely, sql } from "kysely";
import { PARCEL_NUMBER } from "#app/domain/parcels/parcel-number.ts";
import type { CoopScope, WatchScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Act } from "./read-acts.ts";

/** What something is called on the cooperative's pages, and what it belongs to: a lot, a payout, a household's listing. */
export type SubjectName = { id: string; zh: string; en: string; ofId: string | null };

/**
 * What the acts' subjects are called, of the scope's cooperative alone: a parcel and a claim by the
 * order's number, a run and its payouts by the run's, goods by their name, a household by its head. What has
 * no name of its own is not among them; nor, for an officer, a household of another county's. Locks
 * nothing.
 */
export async function nameSubjects(
  db: Kysely<DB>,
  scope: CoopScope | WatchScope,
  acts: readonly Pick<Act, "subjectType" | "subjectId">[],
): Promise<Map<string, SubjectName>> {
  const { cooperativeId } = scope;
  const county = "regionCode" in scope ? `${scope.regionCode}%` : "%";
  const ids = (type: string) =>
    sql`any(${[
      ...new Set(acts.flatMap((act) => (act.subjectType === type ? act.subjectId : []))),
    ]}::uuid[])`;
  const { rows } = await sql<SubjectName>`
    select parcels.id, ${PARCEL_NUMBER} as zh, ${PARCEL_NUMBER} as en, null::uuid as "ofId"
    from parcels join orders on orders.id = parcels.order_id
    where parcels.id = ${ids("parcel")} and parcels.cooperative_id = ${cooperativeId}
    union all
    select c.id, o.number, o.number, null from claims c join parcels p on p.id = c.parcel_id
    join orders o on o.id = p.order_id
    where c.id = ${ids("claim")} and p.cooperative_id = ${cooperativeId}
    union all
    select l.id, l.title_zh, coalesce(nullif(l.title_en, ''), l.title_zh),
      l.created_by_household_id from listings l
    where l.id = ${ids("listing")} and l.cooperative_id = ${cooperativeId}
    union all
    select t.id, l.title_zh, coalesce(nullif(l.title_en, ''), l.title_zh), l.id
    from lots t join listings l on l.id = t.listing_id
    where t.id = ${ids("lot")} and l.cooperative_id = ${cooperativeId}
    union all
    select r.id, r.number, r.number, null from payout_runs r
    where r.id = ${ids("payout-run")} and r.cooperative_id = ${cooperativeId}
    union all
    select o.id, r.number || ' ' || a.code, r.number || ' ' || a.code, r.id
    from payouts o join payout_runs r on r.id = o.payout_run_id
    join relief_accounts a on a.id = o.relief_account_id
    where o.id = ${ids("payout")} and r.cooperative_id = ${cooperativeId}
    union all
    select h.id, h.head_name, h.head_name, null from households h
    where h.id = ${ids("household")} and h.cooperative_id = ${cooperativeId}
      and h.region_code like ${county}
    union all
    select m.id, m.name, m.name, null from cooperative_members m
    where m.id = ${ids("cooperative-member")} and m.cooperative_id = ${cooperativeId}
      and m.name is not null`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
