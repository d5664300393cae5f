import { type Kysely, sql, type Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope, OnBehalfScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** What a manager sees of a household of her own cooperative. */
export type OwnHousehold = {
  id: string;
  headName: string;
  aliasZh: string;
  aliasEn: string;
  registerCode: string;
  /** Whether somebody of the household can be sent a text message. */
  hasPhone: boolean;
  /** How many phones are joined to it. */
  phones: number;
};

/** What a manager types is looked for as it stands: % and _ are letters like any other. */
export const containing = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

function ownHouseholds(db: Kysely<DB>, scope: CoopScope) {
  return db.selectFrom("households as h").where("h.cooperative_id", "=", scope.cooperativeId);
}

/** Of household `h`: whether a member of it has a phone that can be sent a text message. */
export const HAS_PHONE = sql<boolean>`exists (select from household_members m
  join auth."user" u on u.id = m.user_id
  where m.household_id = h.id and m.ended_at is null and u."phoneNumber" is not null)`;

const seen = [
  "h.id",
  "h.head_name as headName",
  "h.alias_zh as aliasZh",
  "h.alias_en as aliasEn",
  "h.register_code as registerCode",
  HAS_PHONE.as("hasPhone"),
  sql<number>`(select count(*)::int from household_members m
    where m.household_id = h.id and m.ended_at is null)`.as("phones"),
] as const;

/**
 * One page of the cooperative's own households, those who can be asked first, then by village
 * and head's name. `search` is looked for
 * in alias, village, head's name and register code. `total` counts all pages. Locks nothing.
 */
export async function findHouseholds(
  db: Kysely<DB>,
  scope: CoopScope,
  { search, page, perPage }: { search: string; page: number; perPage: number },
): Promise<{ rows: OwnHousehold[]; total: number }> {
  const text = search.trim();
  const like = containing(text);
  const found = ownHouseholds(db, scope).$if(text !== "", (query) =>
    query.where((eb) =>
      eb.or([
        eb("h.alias_zh", "ilike", like),
        eb("h.alias_en", "ilike", like),
        eb("h.village_zh", "ilike", like),
        eb("h.village_en", "ilike", like),
        eb("h.head_name", "ilike", like),
        eb("h.register_code", "ilike", like),
      ]),
    ),
  );
  const [{ total }, rows] = await Promise.all([
    found.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow(),
    found
      .select(seen)
      .orderBy("hasPhone", "desc")
      .orderBy("h.village_zh")
      .orderBy("h.head_name")
      .orderBy("h.id")
      .limit(perPage)
      .offset((page - 1) * perPage)
      .execute(),
  ]);
  return { rows, total: Number(total) };
}

/**
 * A household of the manager's own cooperative, and the right to sell for it. Null when it is
 * unknown or another cooperative's. Locks nothing.
 */
export async function readHousehold(
  db: Kysely<DB>,
  scope: CoopScope,
  householdId: string,
): Promise<{ household: OwnHousehold; onBehalf: OnBehalfScope } | null> {
  if (!isUuid(householdId)) return null;
  const household = await ownHouseholds(db, scope)
    .where("h.id", "=", householdId)
    .select(seen)
    .executeTakeFirst();
  if (!household) return null;
  const { userId, cooperativeId } = scope;
  const mine = { userId, cooperativeId, householdId: household.id, isOnBehalf: true } as const;
  return { household, onBehalf: mine as OnBehalfScope };
}

/**
 * The household of the manager's own cooperative whose listing this is, and the right to run it.
 * Null when it is unknown or another cooperative's. Locks nothing.
 */
export async function readSeller(
  db: Kysely<DB>,
  scope: CoopScope,
  listingId: string,
): Promise<{ household: OwnHousehold; onBehalf: OnBehalfScope } | null> {
  if (!isUuid(listingId)) return null;
  const listing = await db
    .selectFrom("listings")
    .where("id", "=", listingId)
    .where("cooperative_id", "=", scope.cooperativeId)
    .select("created_by_household_id")
    .executeTakeFirst();
  return readHousehold(db, scope, listing?.created_by_household_id ?? "");
}

/** The phone on which a household is asked, in E.164: its first member's that has one. */
export async function readHouseholdPhone(
  db: Kysely<DB> | Transaction<DB>,
  householdId: string,
): Promise<string | null> {
  const { rows } = await sql<{ phone: string }>`
    select u."phoneNumber" as phone
    from household_members m join auth."user" u on u.id = m.user_id
    where m.household_id = ${householdId} and m.ended_at is null
      and u."phoneNumber" is not null
    order by m.created_at, m.id limit 1`.execute(db);
  return rows[0]?.phone ?? null;
}
