import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

type Named = { code: string; name: string };

export type FilterNames = {
  /** Groups and crops in the order of the market's shelves; a group has no parent. */
  categories: (Named & { parentCode: string | null })[];
  regions: Named[];
  cooperatives: Named[];
};

/**
 * What the given codes of categories and regions and ids of cooperatives are called, in the order
 * in which they are offered to choose from. A code that nothing has is left out. Locks nothing,
 * cannot fail.
 */
export async function readFilterNames(
  db: Kysely<DB>,
  locale: "zh" | "en",
  codes: Record<keyof FilterNames, readonly string[]>,
): Promise<FilterNames> {
  const name = sql.ref(locale === "en" ? "name_en" : "name_zh");
  const { rows } = await sql<FilterNames>`
    select
      (select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name,
          'parentCode', c.parent_code) order by c.position, c.code), '[]') from (
        select code, ${name} as name, parent_code, position from categories
        where code = any(${[...codes.categories]}::text[])
      ) c) as categories,
      (select coalesce(jsonb_agg(jsonb_build_object('code', code, 'name', ${name})
          order by code), '[]')
        from regions where code = any(${[...codes.regions]}::text[])) as regions,
      (select coalesce(jsonb_agg(jsonb_build_object('code', id, 'name', ${name})
          order by ${name}, id), '[]')
        from cooperatives where id = any(${[...codes.cooperatives]}::uuid[])) as cooperatives`.execute(
    db,
  );
  return rows[0] ?? { categories: [], regions: [], cooperatives: [] };
}
