import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import categoryGroups from "./reference/categories.json" with { type: "json" };
import { regionRows } from "./reference/regions.ts";

const ROWS_A_STATEMENT = 1_000;

/**
 * What every market needs before its first listing: the regions of GB/T 2260 down to the county
 * and the tree of categories. Safe to run at every start: rows that are right are not touched.
 * Parents come first, and rows in one order, so that two runs at once do not deadlock.
 */
export async function loadReferenceData(db: Kysely<DB>): Promise<void> {
  const regions = regionRows();
  for (let at = 0; at < regions.length; at += ROWS_A_STATEMENT) {
    await db
      .insertInto("regions")
      .values(regions.slice(at, at + ROWS_A_STATEMENT))
      .onConflict((conflict) =>
        conflict
          .column("code")
          .doUpdateSet((set) => ({
            parent_code: set.ref("excluded.parent_code"),
            level: set.ref("excluded.level"),
            name_zh: set.ref("excluded.name_zh"),
            name_en: set.ref("excluded.name_en"),
          }))
          .where(
            sql<boolean>`(regions.parent_code, regions.level, regions.name_zh, regions.name_en) is distinct from (excluded.parent_code, excluded.level, excluded.name_zh, excluded.name_en)`,
          ),
      )
      .execute();
  }
  await db
    .insertInto("categories")
    .values(categoryRows())
    .onConflict((conflict) =>
      conflict
        .column("code")
        .doUpdateSet((set) => ({
          parent_code: set.ref("excluded.parent_code"),
          name_zh: set.ref("excluded.name_zh"),
          name_en: set.ref("excluded.name_en"),
          icon: set.ref("excluded.icon"),
          position: set.ref("excluded.position"),
        }))
        .where(
          sql<boolean>`(categories.parent_code, categories.name_zh, categories.name_en, categories.icon, categories.position) is distinct from (excluded.parent_code, excluded.name_zh, excluded.name_en, excluded.icon, excluded.position)`,
        ),
    )
    .execute();
}

/** Groups first; a crop's icon is its own code, which is also the name of its drawing. */
function categoryRows() {
  const groups = categoryGroups.map(({ code, zh, en, icon }, position) => ({
    code,
    parent_code: null as string | null,
    name_zh: zh,
    name_en: en,
    icon,
    position,
  }));
  const crops = categoryGroups.flatMap((group) =>
    (group.crops as [string, string, string][]).map(([code, name_zh, name_en], position) => ({
      code,
      parent_code: group.code,
      name_zh,
      name_en,
      icon: code,
      position,
    })),
  );
  return [...groups, ...crops];
}
