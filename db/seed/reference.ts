import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import categoryGroups from "./reference/categories.json" with { type: "json" };
import { readingOf } from "./reference/readings.ts";
import { type RegionRow, regionRows } from "./reference/regions.ts";
import { townshipRows } from "./reference/townships.ts";

const ROWS_A_STATEMENT = 1_000;

/**
 * What every market needs before its first listing: the regions of GB/T 2260 down to the county
 * and the tree of categories. Safe to run at every start: rows that are right are not touched.
 * Parents come first, and rows in one order, so that two runs at once do not deadlock.
 */
export async function loadReferenceData(db: Kysely<DB>): Promise<void> {
  await writeRegions(db, regionRows());
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
          other_names: set.ref("excluded.other_names"),
          kinds: set.ref("excluded.kinds"),
          readings: set.ref("excluded.readings"),
        }))
        .where(
          sql<boolean>`(categories.parent_code, categories.name_zh, categories.name_en, categories.icon, categories.position, categories.other_names, categories.kinds, categories.readings) is distinct from (excluded.parent_code, excluded.name_zh, excluded.name_en, excluded.icon, excluded.position, excluded.other_names, excluded.kinds, excluded.readings)`,
        ),
    )
    .execute();
}

/**
 * The townships of every county there is, of which buyers choose where a parcel goes. Not part of
 * `loadReferenceData`: forty thousand rows that only addresses need. Where they stand as they should,
 * one query says so and nothing is written. What the list has dropped stays: somebody lives there.
 */
export async function loadTownships(db: Kysely<DB>): Promise<void> {
  const counties = await db.selectFrom("regions").select("code").where("level", "<=", 3).execute();
  const rows = await townshipRows(new Set(counties.map(({ code }) => code)));
  const said = rows.map(({ code, name_zh, name_en }) => `${code}${name_zh}${name_en}`).sort();
  const { rows: stand } = await sql<{ digest: string | null }>`
    select md5(string_agg(code || name_zh || name_en, ',' order by code collate "C")) as digest
    from regions where level = 4 and code = any(${rows.map(({ code }) => code)}::text[])`.execute(
    db,
  );
  const digest = createHash("md5").update(said.join(",")).digest("hex");
  if (stand[0]?.digest !== digest) await writeRegions(db, rows);
}

async function writeRegions(db: Kysely<DB>, regions: readonly RegionRow[]): Promise<void> {
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
}

/** Groups first; the icon of each is its own code, which is also the name of its picture. */
function categoryRows() {
  const groups = categoryGroups.map(({ code, zh, en }, position) =>
    rowOf(null, [code, zh, en, ""], position),
  );
  const crops = categoryGroups.flatMap((group) =>
    (group.crops as Crop[]).map((crop, position) => rowOf(group.code, crop, position)),
  );
  return [...groups, ...crops];
}

/** Code, names, what else it is called in Chinese, and what is listed under it, a space between. */
type Crop = [code: string, zh: string, en: string, others: string, kinds?: string];

function rowOf(parent_code: string | null, crop: Crop, position: number) {
  const [code, name_zh, name_en, others, more = ""] = crop;
  const [other_names, kinds] = [others, more].map((names) => names.match(/\S+/g) ?? []);
  const readings = [name_zh, ...(other_names ?? []), ...(kinds ?? [])].map(readingOf);
  return {
    code,
    parent_code,
    name_zh,
    name_en,
    icon: code,
    position,
    other_names,
    kinds,
    readings,
  };
}
