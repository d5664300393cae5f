import type { Kysely } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export type Crop = {
  code: string;
  name: string;
  nameEn: string;
  /** Its Chinese name, then what else it is called, then what is listed under it. */
  names: string[];
  /** How each of the names is read: "tu dou". */
  readings: string[];
};
export type CropGroup = { code: string; name: string; crops: Crop[] };

/**
 * Everything that may be listed, group by group, in the order of the categories, with all its
 * names. Locks nothing, cannot fail.
 */
export async function readCrops(db: Kysely<DB>, locale: "zh" | "en"): Promise<CropGroup[]> {
  const rows = await db
    .selectFrom("categories")
    .select(["code", "parent_code", "name_zh", "name_en", "other_names", "kinds", "readings"])
    .orderBy("position")
    .orderBy("code")
    .execute();
  return rows
    .filter((row) => row.parent_code === null)
    .map((group) => {
      const below = rows.filter((row) => row.parent_code === group.code);
      // A crop without a group stands for itself.
      const crops = (below.length > 0 ? below : [group]).map((row) => ({
        code: row.code,
        name: locale === "en" ? row.name_en : row.name_zh,
        nameEn: row.name_en,
        names: [row.name_zh, ...row.other_names, ...row.kinds],
        readings: row.readings,
      }));
      return { code: group.code, name: locale === "en" ? group.name_en : group.name_zh, crops };
    });
}

const MOST_LAST_CROPS = 3;

/** The codes of the crops the household listed last, newest first. Locks nothing, cannot fail. */
export async function readLastCrops(db: Kysely<DB>, scope: SellerScope): Promise<string[]> {
  const rows = await db
    .selectFrom("listings")
    .where("created_by_household_id", "=", scope.householdId)
    .where("status", "<>", "draft")
    .groupBy("category_code")
    .select((select) => ["category_code as code", select.fn.max("published_at").as("last")])
    .orderBy("last", (order) => order.desc().nullsLast())
    .limit(MOST_LAST_CROPS)
    .execute();
  return rows.map((row) => row.code);
}

/** What a crop is called, in Chinese and English; undefined when nothing is listed under the code. */
export async function readCropName(
  db: Kysely<DB>,
  code: string,
): Promise<{ zh: string; en: string } | undefined> {
  return db
    .selectFrom("categories")
    .where("code", "=", code)
    .select(["name_zh as zh", "name_en as en"])
    .executeTakeFirst();
}
