import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

type Named = { code: string; name: string };
export type CategoryView = Named & {
  /** The group a crop belongs to. */
  group: Named | null;
};

/** A group of crops, or one crop with its group. Null for a code that is none. Locks nothing. */
export async function readCategory(
  db: Kysely<DB>,
  locale: "zh" | "en",
  code: string,
): Promise<CategoryView | null> {
  if (!/^[a-z0-9-]{1,60}$/.test(code)) return null;
  const name = locale === "en" ? "name_en" : "name_zh";
  const { rows } = await sql<CategoryView>`
    select c.code, ${sql.ref(`c.${name}`)} as name,
      case when p.code is not null
        then json_build_object('code', p.code, 'name', ${sql.ref(`p.${name}`)}) end as "group"
    from categories c left join categories p on p.code = c.parent_code
    where c.code = ${code}`.execute(db);
  return rows[0] ?? null;
}
