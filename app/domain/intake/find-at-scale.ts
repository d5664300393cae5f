import { type Kysely, sql } from "kysely";
import { containing } from "#app/domain/consents/read-household.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isIntakeCode } from "./weigh-rule.ts";

export type AtScale = {
  id: string;
  headName: string;
  aliasZh: string;
  aliasEn: string;
  villageZh: string;
  villageEn: string;
  intakeCode: string;
};

/** As many as somebody at a scale looks through. */
export const MOST_FOUND = 8;

const seen = sql`h.id, h.head_name as "headName", h.alias_zh as "aliasZh", h.alias_en as "aliasEn",
  h.village_zh as "villageZh", h.village_en as "villageEn", h.intake_code as "intakeCode"`;

/**
 * The households of the scope's cooperative that somebody at the scale may mean: by the number of the
 * card alone, by the head's whole name, else by whatever of name, alias or register code fits. At
 * most one more than MOST_FOUND. Locks nothing.
 */
export async function findAtScale(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  typed: string,
): Promise<AtScale[]> {
  const text = typed.normalize("NFKC").trim();
  if (text === "") return [];
  const own = sql`from households h where h.cooperative_id = ${cooperativeId}`;
  const found = async (where: ReturnType<typeof sql>) =>
    (
      await sql<AtScale>`select ${seen} ${own} and ${where}
        order by h.village_zh, h.head_name, h.id limit ${MOST_FOUND + 1}`.execute(db)
    ).rows;
  if (isIntakeCode(text)) {
    const [card] = await found(sql`h.intake_code = ${text}`);
    if (card) return [card];
  }
  const exact = await found(sql`(h.head_name = ${text} or h.register_code = ${text})`);
  if (exact.length > 0) return exact;
  const like = containing(text);
  return found(
    sql`(h.head_name ilike ${like} or h.alias_zh ilike ${like} or h.alias_en ilike ${like})`,
  );
}

/** All households of the cooperative, or one of it, for their cards; by village and head's name. */
export async function readCards(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  { householdId, limit, offset }: { householdId: string | null; limit: number; offset: number },
): Promise<{ rows: AtScale[]; total: number }> {
  const { rows } = await sql<AtScale & { total: number }>`
    select ${seen}, count(*) over ()::int as total from households h
    where h.cooperative_id = ${cooperativeId} and (${householdId}::uuid is null or h.id = ${householdId}::uuid)
    order by h.village_zh, h.head_name, h.id limit ${limit} offset ${offset}`.execute(db);
  return { rows, total: rows[0]?.total ?? 0 };
}

export type OpenPool = {
  id: string;
  titleZh: string;
  titleEn: string;
  categoryCode: string;
  grade: string;
};

/** What can be weighed into: the cooperative's open pooled listings. Locks nothing. */
export async function readOpenPools(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
): Promise<OpenPool[]> {
  const { rows } = await sql<OpenPool>`
    select id, title_zh as "titleZh", title_en as "titleEn", category_code as "categoryCode", grade
    from listings where cooperative_id = ${cooperativeId} and is_pooled
      and status in ('published', 'paused')
    order by title_zh, id`.execute(db);
  return rows;
}

/** The crops that the cooperative's households have on sale or have weighed lately, most of them first. */
export async function readUsualCrops(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select category_code as code from listings
    where cooperative_id = ${cooperativeId} and status in ('published', 'paused')
    group by 1 order by count(*) desc, 1 limit 12`.execute(db);
  return rows.map(({ code }) => code);
}
