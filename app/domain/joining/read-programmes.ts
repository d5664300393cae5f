import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type Programme = {
  id: string;
  nameZh: string;
  nameEn: string;
  /** With what its accounts' codes begin: two letters. */
  prefix: string;
};

/**
 * The programmes under which a household of a cooperative can be given a relief account: those of
 * its county, or, where none has an account there yet, all. A programme's letters are those of its
 * other accounts, else of its own code. Locks nothing.
 */
export async function readProgrammes(
  db: Kysely<DB>,
  { cooperativeId }: { cooperativeId: string },
): Promise<Programme[]> {
  const { rows } = await sql<Programme & { isHere: boolean }>`
    select p.id, p.name_zh as "nameZh", p.name_en as "nameEn", used.prefix,
      exists (select from relief_accounts r join households h on h.id = r.household_id
        join cooperatives c on c.id = ${cooperativeId} and c.region_code = h.region_code
        where r.programme_id = p.id) as "isHere"
    from programmes p
    cross join lateral (select coalesce(
      (select left(r.code, 2) from relief_accounts r where r.programme_id = p.id
        group by 1 order by count(*) desc, 1 limit 1),
      substring(p.code from '^([A-Z]{2})(?:-|$)')) as prefix) used
    where used.prefix is not null
    order by p.code`.execute(db);
  const here = rows.filter(({ isHere }) => isHere);
  return (here.length > 0 ? here : rows).map(({ isHere: _, ...programme }) => programme);
}
