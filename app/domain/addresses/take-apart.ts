import { UNWRITTEN } from "../regions/region-path.ts";

export type NamedRegion = { code: string; parentCode: string | null; nameZh: string };

/** What was found in a pasted text; what was not is empty. All that is left over stands in `street`. */
export type PastedAddress = {
  recipient: string;
  phone: string;
  province: string | null;
  city: string | null;
  county: string | null;
  township: string;
  street: string;
};

type Found = { region: NamedRegion; length: number };

const LABEL =
  /(?:收货人|收件人|姓名|联系人|手机号码|手机号|联系电话|手机|电话|所在地区|所在区域|详细地址|收货地址|地址|地区)\s*[:：]/gu;
const PHONE = /(?<!\d)(?:(?:\+|00)?86[-\s]?)?(1[3-9]\d)[-\s]?(\d{4})[-\s]?(\d{4})(?!\d)/u;
const TOWNSHIP =
  /^[\p{Script=Han}]{1,12}?(?:街道办事处|街道|镇|乡|苏木)(?!\p{Script=Han}?[路街道巷号])/u;
/** What no name of a person has, and a part of an address is likely to. */
const PLACE = /[\d省市区县镇乡村路街巷号楼栋幢座室层园苑厦]/u;
const SHORT_NAME =
  /(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|地区|盟|林区|新区|区|县|旗)$/u;

const bare = (name: string) => {
  const short = name.replace(SHORT_NAME, "");
  return short.length >= 2 ? short : name;
};

/** What makes a name another place's: 朝阳 is a city in Liaoning, 朝阳区 a district of Beijing. */
const GOES_ON = /^(?:特别行政区|自治|省|市|地区|盟|林区|新区|区|县|旗|州)/u;

/** The region whose name the text begins with, by its full name before its short one, the longest first. */
function beginsWith(text: string, regions: readonly NamedRegion[]): Found | null {
  const found = regions.flatMap((region): (Found & { isFull: boolean })[] => {
    const { nameZh } = region;
    if (UNWRITTEN.includes(nameZh)) return [];
    if (text.startsWith(nameZh)) return [{ region, length: nameZh.length, isFull: true }];
    const short = bare(nameZh);
    const isShort = text.startsWith(short) && !GOES_ON.test(text.slice(short.length));
    return isShort ? [{ region, length: short.length, isFull: false }] : [];
  });
  found.sort((a, b) => Number(b.isFull) - Number(a.isFull) || b.length - a.length);
  return found[0] ?? null;
}

const skipSpace = (text: string) => text.replace(/^[\s,，、/-]+/u, "");

type Chain = { at: number; length: number; codes: (string | null)[] };

/** Province, city and county as they stand one after another from `at` on; null where none begins. */
function chainAt(text: string, at: number, regions: readonly NamedRegion[]): Chain | null {
  const childrenOf = (codes: readonly string[]) =>
    regions.filter(({ parentCode }) => parentCode !== null && codes.includes(parentCode));
  let rest = text.slice(at);
  const take = (options: readonly NamedRegion[]): NamedRegion | null => {
    const next = skipSpace(rest);
    const found = beginsWith(next, options);
    if (found) rest = next.slice(found.length);
    return found?.region ?? null;
  };
  const tops = regions.filter(({ parentCode }) => parentCode === null);
  const province = take(tops);
  const cities = childrenOf(province ? [province.code] : tops.map(({ code }) => code));
  // "北京市北京市朝阳区": as forms with a list for each level write it.
  const isOneCity = cities.every(({ nameZh }) => UNWRITTEN.includes(nameZh));
  if (province && isOneCity) take([province]);
  let city = take(cities);
  if (!province && !city) return null;
  const county = take(childrenOf(city ? [city.code] : cities.map(({ code }) => code)));
  city ??= cities.find(({ code }) => code === county?.parentCode) ?? null;
  const top = province?.code ?? city?.parentCode ?? null;
  const codes = [top, city?.code ?? null, county?.code ?? null];
  return { at, length: text.length - at - rest.length, codes };
}

/** The first place from which on a region is written: at the beginning, or after a gap. */
function findChain(text: string, regions: readonly NamedRegion[]): Chain | null {
  const starts = [0, ...[...text.matchAll(/\s/gu)].map(({ index }) => index + 1)];
  const chains = starts.flatMap((at) => chainAt(text, at, regions) ?? []);
  // "张北京 四川省成都市…": of several the one that says more.
  const saysMore = ({ codes }: Chain) => codes.filter((code) => code !== null).length;
  return chains.sort((a, b) => saysMore(b) - saysMore(a) || a.at - b.at)[0] ?? null;
}

const isName = (text: string) =>
  /^[\p{Script=Han}·]{2,6}(?:先生|女士|小姐)?$/u.test(text) && !PLACE.test(text);

/**
 * Takes apart an address that was pasted in one piece ("张三 138…, 四川省成都市武侯区…"): phone, name,
 * region and township where they can be told, the rest as the street. Nothing is lost: every letter
 * and digit stands in a field or named the region, besides labels such as "收货人：". Pure.
 */
export function takeApart(pasted: string, regions: readonly NamedRegion[]): PastedAddress {
  const plain = pasted.normalize("NFKC").replace(LABEL, " ");
  const phone = PHONE.exec(plain);
  const text = (phone ? plain.replace(phone[0], " ") : plain).replace(/[\s,，;；|]+/gu, " ").trim();
  const chain = findChain(text, regions);
  const before = chain ? text.slice(0, chain.at).trim() : "";
  let after = skipSpace(chain ? text.slice(chain.at + chain.length) : text);
  const township = chain ? (TOWNSHIP.exec(after)?.[0] ?? "") : "";
  after = after.slice(township.length).trim();

  const words = {
    before: before.split(" ").filter(Boolean),
    after: after.split(" ").filter(Boolean),
  };
  const takeName = (list: string[], at: number) => {
    const word = list.at(at);
    if (word === undefined || !isName(word)) return "";
    list.splice(at, 1);
    return word;
  };
  // Without a region nothing says which word is the name, unless it stands apart at an end.
  const recipient =
    takeName(words.before, 0) ||
    takeName(words.before, -1) ||
    takeName(words.after, -1) ||
    (words.after.length > 1 ? takeName(words.after, 0) : "");
  const [province = null, city = null, county = null] = chain?.codes ?? [];
  return {
    recipient,
    phone: phone ? `${phone[1]}${phone[2]}${phone[3]}` : "",
    ...{ province, city, county, township },
    street: [...words.after, ...words.before].join(" "),
  };
}
