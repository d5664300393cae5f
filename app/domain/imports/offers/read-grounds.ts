import { type Kysely, type RawBuilder, sql } from "kysely";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { HAS_PHONE } from "#app/domain/consents/read-household.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { ImportRow } from "../understand.ts";

type Rows = readonly ImportRow<"listings">[];

/** A household of the cooperative's, for which something may be offered. */
export type Home = {
  id: string;
  registerCode: string;
  intakeCode: string | null;
  hasPhone: boolean;
  hasAccount: boolean;
  /** Questions that it was asked today, in Shanghai. */
  asked: number;
  /** Of each crop the photos of its newest listing of it. */
  photos: Record<string, string[]>;
  /** Of lines of files by which it was listed already. */
  keys: string[];
};

export type Grounds = {
  homes: Map<string, Home>;
  /** Code by code and by every name. */
  crops: Map<string, string>;
};

const bare = (text: string) => text.replace(/\s/g, "");
const nameKey = (name: string) => bare(name).toLowerCase();

/** The household of a code, and the crop of a name, however they are spaced. */
export const homeOf = ({ homes }: Grounds, code: string) => homes.get(bare(code));
export const cropOf = ({ crops }: Grounds, name: string) => crops.get(nameKey(name));

async function readCropNames(db: Kysely<DB>): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; names: string[] }>`
    select c.code, array[c.code, c.name_zh, c.name_en] || c.other_names as names from categories c
    where not exists (select from categories b where b.parent_code = c.code)
    order by c.position desc, c.code desc`.execute(db);
  return new Map(rows.flatMap(({ code, names }) => names.map((name) => [nameKey(name), code])));
}

/** SQL over `households h`: those of the scope's own that some lines are for. */
export function isNamed({ cooperativeId }: CoopScope, rows: Rows): RawBuilder<boolean> {
  const codes = [...new Set(rows.flatMap(({ value }) => (value ? bare(value.household) : [])))];
  return sql`h.cooperative_id = ${cooperativeId}
    and (h.register_code = any(${codes}::text[]) or h.intake_code = any(${codes}::text[]))`;
}

/**
 * What offers of a table are judged by, of the scope's own households alone. However many lines there
 * are, it reads each household's listings once. Locks nothing.
 */
export async function readGrounds(
  db: Kysely<DB>,
  scope: CoopScope,
  rows: Rows,
  now: Date,
): Promise<Grounds> {
  const today = new Date(`${shanghaiDay(now)}T00:00:00+08:00`);
  const { rows: homes } = await sql<Home>`
    select h.id, h.register_code as "registerCode", h.intake_code as "intakeCode",
      ${HAS_PHONE} as "hasPhone",
      exists (select from relief_accounts r where r.household_id = h.id) as "hasAccount",
      (select count(*)::int from listing_consents c
        where c.household_id = h.id and c.asked_at >= ${today}) as asked,
      (select coalesce(json_object_agg(category_code, ids), '{}') from (
        select distinct on (l.category_code) l.category_code,
          (select json_agg(p.id order by lp.position) from listing_photos lp
            join photos p on p.id = lp.photo_id
            where lp.listing_id = l.id and p.state <> 'refused') as ids
        from listings l where l.created_by_household_id = h.id
          and exists (select from listing_photos lp join photos p on p.id = lp.photo_id
            where lp.listing_id = l.id and p.state <> 'refused')
        order by l.category_code, l.id desc) newest) as photos,
      array(select l.client_key from listings l where l.created_by_household_id = h.id
        and starts_with(l.client_key, h.id || ':import:')) as keys
    from households h where ${isNamed(scope, rows)} order by h.id`.execute(db);
  const byCode = homes.flatMap((home) => [
    [home.registerCode, home] as const,
    ...(home.intakeCode ? [[home.intakeCode, home] as const] : []),
  ]);
  return { homes: new Map(byCode), crops: await readCropNames(db) };
}
