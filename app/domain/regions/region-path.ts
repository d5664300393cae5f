/** Levels that only hold places together ("city districts"); no address is written with them. */
export const UNWRITTEN = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"];

export type RegionNames = { nameZh: string; nameEn: string };

/**
 * The names of a region as an address is written, from the province down: "四川省凉山彝族自治州盐源县"
 * and, the other way round, "Yanyuan, Liangshan, Sichuan".
 */
export function regionPath(fromTheTop: readonly RegionNames[]): { zh: string; en: string } {
  const written = fromTheTop.filter((region) => !UNWRITTEN.includes(region.nameZh));
  return {
    zh: written.map((region) => region.nameZh).join(""),
    en: written
      .map((region) => region.nameEn)
      .reverse()
      .join(", "),
  };
}
