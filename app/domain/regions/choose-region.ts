import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type RegionOption = { code: string; nameZh: string; nameEn: string };
export type RegionChoice = {
  provinces: RegionOption[];
  cities: RegionOption[];
  counties: RegionOption[];
  /** Of the chosen county; none where the list has none of it. */
  townships: RegionOption[];
  province: string | null;
  city: string | null;
  county: string | null;
  /** The chosen county, or the city where a city has no counties; null until the choice is done. */
  regionCode: string | null;
  /** Set where the township that was said is none of the chosen county, but of another one. */
  isOtherTownship?: true;
};

/**
 * The lists of an address (province, city, county; GB/T 2260; townships) for what is chosen so far.
 * A code that does not lie in the one above it counts as not chosen, whatever a form says; a
 * level with a single entry is chosen by itself. A township that no list has is taken as it is said,
 * because lists lag behind; one that only another county has is not. One query, and another one for a
 * township that the list of its county does not have.
 */
export async function chooseRegion(
  db: Kysely<DB>,
  chosen: { province?: string; city?: string; county?: string; township?: string },
): Promise<RegionChoice> {
  const { province: ofProvince = "", city: ofCity = "", county: ofCounty = "" } = chosen;
  const rows = await db
    .selectFrom("regions")
    .select(["code", "parent_code", "level", "name_zh as nameZh", "name_en as nameEn"])
    .where((where) =>
      where.or([
        where("parent_code", "is", null),
        // One list of parents, so that the index answers. With the cities of the province, and the
        // only county of the city: where there is nothing to choose the next list comes at once.
        sql<boolean>`parent_code = any(array[${ofProvince}, ${ofCity}, ${ofCounty}] || array(
          select city.code from regions city where city.parent_code = ${ofProvince}) || array(
          select min(code) from regions where parent_code = ${ofCity} having count(*) = 1))`,
      ]),
    )
    .orderBy("code")
    .execute();
  const childrenOf = (parent: string | null, level = 3) =>
    rows
      .filter((row) => row.parent_code === parent && (row.level === 4) === (level === 4))
      .map(({ code, nameZh, nameEn }) => ({ code, nameZh, nameEn }));
  const pick = (options: RegionOption[], code: string | undefined) =>
    options.find((option) => option.code === code)?.code ??
    (options.length === 1 ? (options[0]?.code ?? null) : null);

  const provinces = childrenOf(null);
  const province = provinces.find((option) => option.code === chosen.province)?.code ?? null;
  const cities = province === null ? [] : childrenOf(province);
  const city = pick(cities, chosen.city);
  const counties = city === null ? [] : childrenOf(city);
  const county = pick(counties, chosen.county);
  const regionCode = city !== null && counties.length === 0 ? city : county;
  const townships = regionCode === null ? [] : childrenOf(regionCode, 4);
  const isOther = await isOtherTownship(db, chosen.township ?? "", townships);
  return {
    ...{ provinces, cities, counties, townships, province, city, county, regionCode },
    ...(isOther && { isOtherTownship: true }),
  };
}

async function isOtherTownship(db: Kysely<DB>, said: string, listed: readonly RegionOption[]) {
  const name = said.trim().replace(/街道办事处$/u, "街道");
  if (name === "" || listed.length === 0) return false;
  if (listed.some(({ nameZh }) => nameZh.replace(/街道办事处$/u, "街道") === name)) return false;
  const elsewhere = await db
    .selectFrom("regions")
    .select("code")
    .where("level", "=", 4)
    .where("name_zh", "in", [name, `${name}办事处`])
    .limit(1)
    .executeTakeFirst();
  return elsewhere !== undefined;
}

/** The codes above and including a region, as a form of three lists holds them. */
export async function regionChain(
  db: Kysely<DB>,
  code: string,
): Promise<{ province?: string; city?: string; county?: string }> {
  const row = await db
    .selectFrom("regions as here")
    .leftJoin("regions as above", "above.code", "here.parent_code")
    .select(["here.level", "here.parent_code as parent", "above.parent_code as grandparent"])
    .where("here.code", "=", code)
    .executeTakeFirst();
  if (!row) return {};
  if (row.level === 1) return { province: code };
  if (row.level === 2) return { province: row.parent ?? undefined, city: code };
  return { province: row.grandparent ?? undefined, city: row.parent ?? undefined, county: code };
}
