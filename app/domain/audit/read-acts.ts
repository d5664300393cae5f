import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB, Json } from "#db/schema.d.ts";
import { dayBounds } from "../calendar/day-bounds.ts";
import type { CoopScope, WatchScope } from "../scopes.ts";
import { OWN_PERSONS_ACTS } from "./acts.ts";

/** What somebody did for the cooperative; `before` and `after` hold ids, states and amounts. */
export type Act = {
  id: string;
  action: string;
  at: Date;
  memberId: string;
  /** What her cooperative calls her; null for those of before names were asked for. */
  name: string | null;
  subjectType: string;
  subjectId: string;
  before: Json | null;
  after: Json | null;
  /** From where; null when it is not kept (any more), or is hers alone as somebody's buyer or farmer. */
  from: { by: "market" } | { by: "person"; network: string | null; device: string } | null;
};

/** Whose acts, which and of which day in Shanghai; null is all. */
export type ActFilter = { memberId: string | null; action: string | null; day: string | null };

/** What belongs to a cooperative by a column of its own, and what it is called in the log. */
const OWN_TABLES = {
  parcel: "parcels",
  claim: "claims",
  listing: "listings",
  import: "imports",
  cycle: "order_cycles",
  "payout-run": "payout_runs",
  "payout-answers": "payout_answers",
  "cooperative-member": "cooperative_members",
  "tracking-file": "tracking_files",
  household: "households",
  "household-application": "household_applications",
} as const;

/** True of an entry `log` about something of the cooperative's own. */
const isAbout = (cooperativeId: string) => {
  const own = ([type, table]: [string, string]) => sql`(log.subject_type = ${sql.lit(type)}
    and exists (select from ${sql.table(table)} own
      where own.id = log.subject_id and own.cooperative_id = ${cooperativeId}))`;
  return sql`(log.subject_type = 'cooperative' and log.subject_id = ${cooperativeId}
    or ${sql.join(Object.entries(OWN_TABLES).map(own), sql` or `)}
    or log.subject_type = 'household-move' and exists (select from household_moves own
      where own.id = log.subject_id
        and ${cooperativeId}::uuid in (own.to_cooperative_id, own.from_cooperative_id))
    or log.subject_type = 'household' and exists (select from household_moves own
      where own.household_id = log.subject_id and own.from_cooperative_id = ${cooperativeId}
        and own.state = 'done' and own.ended_at > log.created_at)
    or log.subject_type = 'lot' and exists (select from lots join listings own
      on own.id = lots.listing_id where lots.id = log.subject_id
      and own.cooperative_id = ${cooperativeId})
    or log.subject_type = 'payout' and exists (select from payouts join payout_runs own
      on own.id = payouts.payout_run_id where payouts.id = log.subject_id
      and own.cooperative_id = ${cooperativeId}))`;
};

/** SQL: one side of a change of a listing, named by what it is of; of photos nothing can be said. */
const side = (which: "before" | "after") => {
  const text = sql.ref(`c.${which}`);
  return sql`case when c.what = 'photos' then null
    when c.what in ('restock', 'sell-out') then jsonb_build_object('available', ${text}::bigint)
    else jsonb_build_object(c.what, ${text}) end`;
};

/**
 * SQL: what people changed of a cooperative's listings, in the shape of the log's entries, one of a group a
 * change. What has an act of its own, of the same transaction, is in the log already.
 */
const changesOf = (cooperativeId: string) => sql`
  select c.id, 'listing.' || case c.what when 'price' then 'price' when 'status' then 'state'
      when 'restock' then 'stock' when 'sell-out' then 'stock' else 'facts' end as action,
    c.created_at, 'listing' as subject_type, c.listing_id as subject_id,
    ${side("before")} as before, ${side("after")} as after, c.changed_by
  from listing_changes c join listings l on l.id = c.listing_id
  where c.by_cooperative and l.cooperative_id = ${cooperativeId}
    and not exists (select from audit_log own where own.created_at = c.created_at
      and own.subject_id in (c.listing_id, c.lot_id))`;

/**
 * What the people of the scope's cooperative did for it, also those who have left, newest first, from
 * before the act `before` on. Each person's newest are looked up by themselves, so a page costs the same
 * however long the log is. What buyers and the market do is not theirs. Locks nothing.
 */
export async function readActs(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope | WatchScope,
  filter: ActFilter,
  { before = null, most = 50 }: { before?: string | null; most?: number } = {},
): Promise<{ acts: Act[]; olderBefore: string | null }> {
  const bounds = filter.day ? dayBounds(filter.day) : null;
  const only = sql`
    ${filter.action ? sql`and log.action = ${filter.action}` : sql``}
    ${bounds ? sql`and log.created_at >= ${bounds.from} and log.created_at < ${bounds.until}` : sql``}
    ${before && isUuid(before) ? sql`and log.id < ${before}` : sql``}`;
  const member = filter.memberId && isUuid(filter.memberId) ? filter.memberId : null;
  const { rows } = await sql<Act>`
    select act.id, act.action, act.created_at as at, m.id as "memberId", m.name,
      act.subject_type as "subjectType", act.subject_id as "subjectId", act.before, act.after,
      case when act.action = any(${OWN_PERSONS_ACTS}) or origin.act_id is null then null
        when origin.device is null then jsonb_build_object('by', 'market')
        else jsonb_build_object('by', 'person', 'network', origin.network::text,
          'device', origin.device) end as "from"
    from cooperative_members m
    cross join lateral (
      (select log.id, log.action, log.created_at, log.subject_type, log.subject_id, log.before, log.after
      from audit_log log
      where log.actor_user_id = m.user_id and ${isAbout(cooperativeId)} ${only}
      order by log.id desc limit ${most + 1})
      union all
      (select log.id, log.action, log.created_at, log.subject_type, log.subject_id, log.before, log.after
      from (${changesOf(cooperativeId)}) log where log.changed_by = m.user_id ${only}
      order by log.id desc limit ${most + 1})) act
    left join act_origins origin on origin.act_id = act.id
    where m.cooperative_id = ${cooperativeId} ${member ? sql`and m.id = ${member}` : sql``}
    order by act.id desc limit ${most + 1}`.execute(db);
  const acts = rows.slice(0, most);
  return { acts, olderBefore: rows.length > most ? (acts.at(-1)?.id ?? null) : null };
}

/** Everybody who works or has worked for the scope's cooperative, for choosing one. Locks nothing. */
export async function readActors(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope | WatchScope,
): Promise<{ id: string; name: string | null; hasLeft: boolean }[]> {
  const { rows } = await sql<{ id: string; name: string | null; hasLeft: boolean }>`
    select id, name, ended_at is not null as "hasLeft" from cooperative_members
    where cooperative_id = ${cooperativeId} order by ended_at nulls first, created_at, id`.execute(
    db,
  );
  return rows;
}
