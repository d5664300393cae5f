import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { latinOf, type PublicName } from "./public-name.ts";

const COMPOUND = /^(欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|百里|长孙|宇文)/;
/** What kind of place it is stands in no English name: "树河镇" is Shuhe. */
const KIND = /(?<=.{2})(镇|乡|村|屯|寨|街道|村委会)$/;

/** A family name by itself: the two characters of a known pair, or the first. */
const surnameOf = (name: string) => COMPOUND.exec(name)?.[0] ?? [...name][0] ?? "";

/**
 * The public name to begin with for a household of this head and village: as the cooperative's
 * county writes both already, and else by pinyin. A manager corrects it. Locks nothing.
 */
export async function suggestName(
  db: Kysely<DB>,
  scope: CoopScope,
  { headName, village }: { headName: string; village: string },
): Promise<PublicName> {
  const { rows } = await sql<{ villageEn: string | null; zh: string | null; en: string | null }>`
    with near as (select h.* from households h
      join cooperatives c on c.id = ${scope.cooperativeId} and h.region_code = c.region_code)
    select (select village_en from near where village_zh = ${village}
        group by 1 order by count(*) desc, 1 limit 1) as "villageEn", family.zh, family.en
    from (select 1) as one left join lateral (
      select split_part(alias_zh, '家 · ', 1) as zh, split_part(alias_en, ' family · ', 1) as en
      from near where alias_zh like '%家 · %' and alias_en like '% family · %'
        and starts_with(${headName}, split_part(alias_zh, '家 · ', 1))
        and split_part(alias_zh, '家 · ', 1) <> ${headName}
      group by 1, 2 order by length(split_part(alias_zh, '家 · ', 1)) desc, count(*) desc limit 1
    ) family on true`.execute(db);
  const { villageEn, zh, en } = rows[0] ?? { villageEn: null, zh: null, en: null };
  const familyZh = zh ?? surnameOf(headName);
  return {
    villageZh: village,
    villageEn: villageEn ?? latinOf(village.replace(KIND, "")),
    familyZh,
    familyEn: zh && en ? en : latinOf(familyZh),
  };
}
