import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Relation } from "./join-rule.ts";

/** A phone that farms or has farmed for a household. */
export type HouseholdPhone = {
  memberId: string;
  /** E.164; null when her account has none. */
  phone: string | null;
  relation: Relation | null;
  since: Date;
  endedAt: Date | null;
};

export type HouseholdPage = {
  id: string;
  headName: string;
  registerCode: string;
  aliasZh: string;
  aliasEn: string;
  villageZh: string;
  villageEn: string;
  helperName: string | null;
  reliefCodes: string[];
  phones: HouseholdPhone[];
};

/**
 * A household of the scope's cooperative with the phones that farm for it, and those that did; null
 * for another cooperative's. Locks nothing.
 */
export async function readOwnHousehold(
  db: Kysely<DB>,
  scope: CoopScope,
  householdId: string,
): Promise<HouseholdPage | null> {
  if (!isUuid(householdId)) return null;
  const [household, phones] = await Promise.all([
    sql<Omit<HouseholdPage, "phones">>`
      select h.id, h.head_name as "headName", h.register_code as "registerCode",
        h.alias_zh as "aliasZh", h.alias_en as "aliasEn", h.village_zh as "villageZh",
        h.village_en as "villageEn", h.helper_name as "helperName",
        array(select r.code from relief_accounts r where r.household_id = h.id order by r.code)
          as "reliefCodes"
      from households h
      where h.id = ${householdId} and h.cooperative_id = ${scope.cooperativeId}`.execute(db),
    sql<HouseholdPhone>`
      select m.id as "memberId", u."phoneNumber" as phone, m.relation, m.created_at as since,
        m.ended_at as "endedAt"
      from household_members m left join auth."user" u on u.id = m.user_id
      where m.household_id = ${householdId}
      order by m.ended_at is not null, m.created_at, m.id`.execute(db),
  ]);
  const [found] = household.rows;
  return found ? { ...found, phones: phones.rows } : null;
}
