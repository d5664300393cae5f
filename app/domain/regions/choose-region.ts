import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type RegionOption = { code: string; nameZh: string; nameEn: string };
export type RegionChoice = {
  provinces: RegionOption[];
  cities: RegionOption[];
  counties: RegionOption[];
  province: string | null;
  city: string | null;
  county: string | null;
  /** The chosen county, or the city where a city has no counties; null until the choice is done. */
  regionCode: string | null;
};

/**
 * The three lists of an address (province, city, county; GB/T 2260) for what is chosen so far.
 * A code that does not lie in the one above it counts as not chosen, whatever a form says; a
 * level with a single entry is chosen by itself. One query.
 */
export async function chooseRegion(
  db: Kysely<DB>,
  chosen: { province?: string; city?: string; county?: string },
): Promise<RegionChoice> {
  const ofProvince = chosen.province ?? "";
  const rows = await db
    .selectFrom("regions")
    .select(["code", "parent_code", "name_zh as nameZh", "name_en as nameEn"])
    .where((where) =>
      where.or([
        where("parent_code", "is", null),
        // One list of parents, so that the index answers. With the cities of the province: one of a
        // single city goes on to that city's counties at once.
        sql<boolean>`parent_code = any(array[${ofProvince}, ${chosen.city ?? ""}] || array(
          select city.code from regions city where city.parent_code = ${ofProvince}))`,
      ]),
    )
    .where("level", "<=", 3)
    .orderBy("code")
    .execute();
  const childrenOf = (parent: string | null) =>
    rows
      .filter((row) => row.parent_code === parent)
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
  return { provinces, cities, counties, province, city, county, regionCode };
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
