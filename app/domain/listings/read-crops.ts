import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type CropGroup = { code: string; name: string; crops: { code: string; name: string }[] };

/** Everything that may be listed, group by group, in the order of the categories. */
export async function readCrops(db: Kysely<DB>, locale: "zh" | "en"): Promise<CropGroup[]> {
  const rows = await db
    .selectFrom("categories")
    .select(["code", "parent_code", locale === "en" ? "name_en as name" : "name_zh as name"])
    .orderBy("position")
    .orderBy("code")
    .execute();
  const groups: CropGroup[] = [];
  for (const { code, name } of rows.filter((row) => row.parent_code === null)) {
    const below = rows.filter((row) => row.parent_code === code);
    // A crop without a group stands for itself.
    const crops = below.length > 0 ? below : [{ code, name }];
    groups.push({ code, name, crops: crops.map((crop) => ({ code: crop.code, name: crop.name })) });
  }
  return groups;
}
