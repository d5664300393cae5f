import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { HAS_PHONE } from "../consents/read-household.ts";
import type { CoopScope, HouseholdScope, OfficerScope } from "../scopes.ts";
import type { MoveState } from "./move-rule.ts";
import { type MoveWaits, readWaits } from "./read-waits.ts";

/** A move that the cooperative has asked for; of whom it asks it knows the code alone until it is done. */
export type AskedFor = {
  id: string;
  registerCode: string;
  state: MoveState;
  askedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  /** Once it is done, as long as it is hers still. */
  householdId: string | null;
  headName: string | null;
};

/** A household of the cooperative's that another has asked, or that has left. */
export type Leaving = {
  id: string;
  householdId: string;
  headName: string;
  toZh: string;
  toEn: string;
  state: MoveState;
  askedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  /** Nobody of it has a phone: its cooperative answers. */
  isOursToAnswer: boolean;
  waits: MoveWaits | null;
};

const MOST = 200;

/** What the scope's cooperative has asked for, newest first, 200 at the most. Locks nothing. */
export async function readAskedFor(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
): Promise<AskedFor[]> {
  const { rows } = await sql<AskedFor>`
    select m.id, m.register_code as "registerCode", m.state, m.created_at as "askedAt",
      m.expires_at as "expiresAt", m.ended_at as "endedAt", h.id as "householdId",
      h.head_name as "headName"
    from household_moves m
    left join households h on h.id = m.household_id and m.state = 'done'
      and h.cooperative_id = ${cooperativeId}
    where m.to_cooperative_id = ${cooperativeId}
    order by m.state in ('asked', 'agreed') desc, m.created_at desc, m.id desc
    limit ${MOST}`.execute(db);
  return rows;
}

/**
 * The households of the scope's cooperative that are asked to leave it or have left it, newest first, 200
 * at the most: of one that has left its name then, and nothing that came later. Locks nothing.
 */
export async function readLeaving(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
): Promise<Leaving[]> {
  const { rows } = await sql<Omit<Leaving, "waits">>`
    select m.id, m.household_id as "householdId", coalesce(m.head_name, h.head_name) as "headName",
      c.name_zh as "toZh", c.name_en as "toEn", m.state, m.created_at as "askedAt",
      m.expires_at as "expiresAt", m.ended_at as "endedAt",
      m.state = 'asked' and not ${HAS_PHONE} as "isOursToAnswer"
    from household_moves m
    join households h on h.id = m.household_id
    join cooperatives c on c.id = m.to_cooperative_id
    where m.from_cooperative_id = ${cooperativeId} and m.state in ('asked', 'agreed', 'done')
    order by m.state <> 'done' desc, m.created_at desc, m.id desc limit ${MOST}`.execute(db);
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      waits: row.state === "agreed" ? await readWaits(db, row.householdId) : null,
    })),
  );
}

/** What a household is asked, or has agreed to and waits for. */
export type OwnMove = {
  id: string;
  toZh: string;
  toEn: string;
  state: "asked" | "agreed";
  expiresAt: Date;
  waits: MoveWaits | null;
};

/** The open move of the scope's household; null when there is none. Locks nothing. */
export async function readOwnMove(
  db: Kysely<DB>,
  { householdId }: HouseholdScope,
  now = new Date(),
): Promise<OwnMove | null> {
  const { rows } = await sql<Omit<OwnMove, "waits">>`
    select m.id, c.name_zh as "toZh", c.name_en as "toEn", m.state, m.expires_at as "expiresAt"
    from household_moves m join cooperatives c on c.id = m.to_cooperative_id
    where m.household_id = ${householdId}
      and (m.state = 'agreed' or m.state = 'asked' and m.expires_at > ${now})`.execute(db);
  const [move] = rows;
  if (!move) return null;
  return { ...move, waits: move.state === "agreed" ? await readWaits(db, householdId) : null };
}

/** Where a household has belonged: from when (null: from the first), and until when (null: still). */
export type Belonged = { nameZh: string; nameEn: string; from: Date | null; until: Date | null };

type Reader = HouseholdScope | CoopScope | OfficerScope;

/** Who may read it: she herself, the cooperative that has her, and her county's officer. */
function isOf(scope: Reader) {
  if ("householdId" in scope) return sql`h.id = ${scope.householdId}`;
  if ("cooperativeId" in scope) return sql`h.cooperative_id = ${scope.cooperativeId}`;
  return sql`h.region_code like ${`${scope.regionCode}%`}`;
}

/**
 * The cooperatives that a household has belonged to, oldest first, the present one last; none for a
 * household that the scope may not see. Locks nothing.
 */
export async function readBelonged(
  db: Kysely<DB>,
  scope: Reader,
  householdId: string,
): Promise<Belonged[]> {
  const { rows } = await sql<Belonged>`
    with done as (
      select m.from_cooperative_id, m.ended_at from household_moves m
      where m.household_id = ${householdId} and m.state = 'done'
    ), belonged as (
      select from_cooperative_id as cooperative_id,
        lag(ended_at) over (order by ended_at) as "from", ended_at as until from done
      union all
      select h.cooperative_id, (select max(ended_at) from done), null
      from households h where h.id = ${householdId}
    )
    select c.name_zh as "nameZh", c.name_en as "nameEn", b."from", b.until
    from belonged b join cooperatives c on c.id = b.cooperative_id
    where exists (select from households h where h.id = ${householdId} and ${isOf(scope)})
    order by b.until nulls last`.execute(db);
  return rows;
}
