import { pinyin } from "pinyin-pro";
import { PEOPLES, stem } from "#db/place-stem.ts";

/** Names that English has of its own, by GB/T 2260 code; all others are pinyin. */
const ENGLISH_BY_CODE: Record<string, string> = {
  "110000": "Beijing",
  "120000": "Tianjin",
  "130000": "Hebei",
  "140000": "Shanxi",
  "150000": "Inner Mongolia",
  "210000": "Liaoning",
  "220000": "Jilin",
  "230000": "Heilongjiang",
  "310000": "Shanghai",
  "320000": "Jiangsu",
  "330000": "Zhejiang",
  "340000": "Anhui",
  "350000": "Fujian",
  "360000": "Jiangxi",
  "370000": "Shandong",
  "410000": "Henan",
  "420000": "Hubei",
  "430000": "Hunan",
  "440000": "Guangdong",
  "450000": "Guangxi",
  "460000": "Hainan",
  "500000": "Chongqing",
  "510000": "Sichuan",
  "520000": "Guizhou",
  "530000": "Yunnan",
  "540000": "Tibet",
  "610000": "Shaanxi",
  "620000": "Gansu",
  "630000": "Qinghai",
  "640000": "Ningxia",
  "650000": "Xinjiang",
  "150100": "Hohhot",
  "150600": "Ordos",
  "230100": "Harbin",
  "230200": "Qiqihar",
  "540100": "Lhasa",
  "540200": "Shigatse",
  "650100": "Urumqi",
  "650200": "Karamay",
  "653100": "Kashgar",
};

/** Codes that only hold places together; a postal address leaves them out. */
const GROUPS: Record<string, string> = {
  市辖区: "City districts",
  县: "Counties",
  省直辖县级行政区划: "Directly under the province",
  自治区直辖县级行政区划: "Directly under the region",
};

/** What development zones call themselves, the longest first. */
const ZONES = [
  ["高新技术产业开发区", "High-Tech Zone"],
  ["经济技术开发区", "Economic Zone"],
  ["经济开发区", "Economic Zone"],
  ["工业园区", "Industrial Park"],
  ["工业园", "Industrial Park"],
  ["管理区", "Management Zone"],
  ["新区", "New Area"],
] as const;
const PEOPLES_AT_END = new RegExp(`(?:${PEOPLES})+$`);
const TOWNSHIP_RANKS = [
  ["街道办事处", "Subdistrict"],
  ["街道", "Subdistrict"],
  ["地区", "Area"],
  ["镇", "Town"],
  ["民族乡", "Township"],
  ["乡", "Township"],
  ["民族苏木", "Sum"],
  ["苏木", "Sum"],
  ["农场", "Farm"],
  ["林场", "Forest Farm"],
  ["牧场", "Pasture"],
  ["开发区", "Development Zone"],
  ["管理区", "Management Zone"],
  ["园区", "Park"],
] as const;

/** The English name of a region: the usual one, else pinyin without tones, "Yanyuan", "Xi'an". */
export function regionNameEn(code: string, nameZh: string): string {
  const known = ENGLISH_BY_CODE[code] ?? GROUPS[nameZh];
  if (known) return known;
  const [zone, english] = ZONES.find(([chinese]) => nameZh.endsWith(chinese)) ?? ["", ""];
  if (zone && nameZh.length - zone.length > 1) {
    return `${inPinyin(nameZh.slice(0, -zone.length))} ${english}`;
  }
  return inPinyin(stem(nameZh));
}

/** "Shuhe Town", "Jiangxi Subdistrict": two places of one county may differ by their rank alone. */
export function townshipNameEn(nameZh: string): string {
  const [rank, english] = TOWNSHIP_RANKS.find(([chinese]) => nameZh.endsWith(chinese)) ?? ["", ""];
  const name = nameZh.slice(0, nameZh.length - rank.length);
  const short = name.replace(/（.*?）/g, "").replace(PEOPLES_AT_END, "");
  return `${inPinyin(short.length < 2 ? name : short)} ${english}`.trim();
}

/** Pinyin without tones as a name is written, "Yanyuan", "Xi'an". */
function inPinyin(name: string): string {
  const syllables = pinyin(name, { toneType: "none", type: "array" });
  const joined = syllables
    .map((syllable, at) => (at > 0 && /^[aoe]/.test(syllable) ? `'${syllable}` : syllable))
    .join("");
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}
