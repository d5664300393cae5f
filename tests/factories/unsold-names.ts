import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

// Kept apart from the index: nothing here imports from search/.

/** How a crop is called, and that nobody sells it. */
export type Unsold = { crop: string; text: string };

/** Buyers ask for 花椒 by these names, though the list has them for its green sister alone. */
const OF_TWO_CROPS = ["青花椒", "麻椒", "qinghuajiao", "majiao"];

type Crop = { code: string; zh: string[]; en: string; readings: string[]; isSold: boolean };
type Name = { text: string; chinese?: string };

/** All that the market itself calls a thing: in Chinese, in English, from county to county, in pinyin. */
const written = ({ zh, en, readings }: Crop): Name[] => [
  ...[...zh, en.toLowerCase()].map((text) => ({ text })),
  ...readings
    .map((reading, at) => ({ text: reading.replaceAll(" ", ""), chinese: zh[at] }))
    // Of one syllable it is the beginning of everything.
    .filter(({ text }, at) => text !== readings[at]),
];

/**
 * Every name of the market's crops under which nothing is sold: what is found for it is something
 * else. Names that are also those of a crop on sale, or stand in a title on sale, are left out.
 */
export async function readUnsoldNames(db: Kysely<DB>): Promise<Unsold[]> {
  const { rows: crops } = await sql<Crop>`
    select code, name_zh || other_names || kinds as zh, name_en as en, readings, exists(
      select from listings where category_code = code and status = 'published') as "isSold"
    from categories where parent_code is not null and code not like 'other-%' order by code`.execute(
    db,
  );
  const { rows: listings } = await sql<{ title: string }>`
    select lower(title_zh || ' ' || title_en) as title from listings where status = 'published'`.execute(
    db,
  );
  const sold = crops.filter(({ isSold }) => isSold).flatMap(written);
  const taken = new Set([...sold.map(({ text }) => text), ...OF_TWO_CROPS]);
  const isSaid = (name: string) => listings.some(({ title }) => title.includes(name));
  return crops
    .filter(({ isSold }) => !isSold)
    .flatMap((crop) => written(crop).map((name) => ({ crop: crop.code, ...name })))
    .filter(({ text, chinese = text }) => !taken.has(text) && !isSaid(chinese))
    .map(({ crop, text }) => ({ crop, text }));
}
