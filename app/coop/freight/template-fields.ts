import type { FreightTemplate } from "#app/domain/cooperatives/shipping-template.ts";
import type { FreightRate, FreightTerms } from "#app/domain/orders/freight.ts";
import type { ErrorKey, FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { parseYuan } from "#app/ui/format.ts";

/** How many groups of provinces may have prices of their own. */
export const GROUPS = ["1", "2", "3", "4"] as const;

export const RATE_FIELDS = ["firstKg", "firstYuan", "addedKg", "addedYuan"] as const;
export type RateField = (typeof RATE_FIELDS)[number];

/** The name of a rate's field; `group` is null of the rate that holds for provinces in general. */
export const rateName = (field: RateField, group: string | null) =>
  group === null ? field : `${field}-${group}`;
export const wayName = (province: string) => `way-${province}`;
export const remoteName = (province: string) => `remote-${province}`;

const MOST_GRAMS = 1_000_000;
const MOST_FEN = 1_000_000;
const MOST_FREE_FROM_FEN = 99_999_999;
const GRAMS_IN_A_KG = 1_000;

const plain = (typed: string | undefined) => (typed ?? "").normalize("NFKC").trim();

/** "0.5" → 500; null when it is no weight in kilograms with at most two decimals. */
function parseKg(text: string): number | null {
  const match = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return null;
  return Number(match[1]) * GRAMS_IN_A_KG + Number((match[2] ?? "").padEnd(2, "0")) * 10;
}

type Read = { values: FormValues; errors: FieldErrors };

function readNumber(
  name: string,
  { values, errors }: Read,
  parse: (text: string) => number | null,
  bounds: { least: number; most: number; wrong: ErrorKey },
): number {
  const text = plain(values[name]);
  const read = parse(text);
  const { least, most, wrong } = bounds;
  const isBelow = read !== null && read < least;
  const isLarge = read === null ? /^\d{7,}(\.\d*)?$/.test(text) : read > most;
  if (text === "") errors[name] = "required";
  else if (isLarge) errors[name] = "tooMany";
  else if (read === null) errors[name] = wrong;
  else if (isBelow) errors[name] = "aboveZero";
  return read ?? 0;
}

const grams = (name: string, read: Read) =>
  readNumber(name, read, parseKg, { least: 1, most: MOST_GRAMS, wrong: "weightKg" });
const fen = (name: string, read: Read, least = 0, most = MOST_FEN) =>
  readNumber(name, read, parseYuan, { least, most, wrong: "amount" });

function readRate(group: string | null, read: Read): FreightRate {
  return {
    firstGrams: grams(rateName("firstKg", group), read),
    firstFen: fen(rateName("firstYuan", group), read),
    addedGrams: grams(rateName("addedKg", group), read),
    addedFen: fen(rateName("addedYuan", group), read),
  };
}

/**
 * Reads the template form: kilograms and yuan become whole grams and fen, and every field that is
 * wrong is named at once. A province has one way, so that none stands in two groups. A group that no
 * province uses, or that one uses and nobody has priced, is told beside its first field. `provinces`
 * are the first two digits of those that there are.
 */
export function readTemplateForm(values: FormValues, provinces: readonly string[]) {
  const read: Read = { values, errors: {} };
  const wayOf = (province: string) => values[wayName(province)] ?? "base";
  for (const province of provinces) {
    const ways = ["base", "none", ...GROUPS];
    if (!ways.includes(wayOf(province))) read.errors[wayName(province)] = "choose";
  }
  const rate = readRate(null, read);
  const groups = GROUPS.flatMap((group) => {
    const members = provinces.filter((province) => wayOf(province) === group);
    const isTyped = RATE_FIELDS.some((field) => plain(values[rateName(field, group)]) !== "");
    if (!isTyped && members.length === 0) return [];
    const own = { provinces: members, ...readRate(group, read) };
    const first = rateName("firstKg", group);
    if (!isTyped) read.errors[first] = "groupUnpriced";
    if (members.length === 0) read.errors[first] = "groupUnused";
    return [own];
  });
  const remoteFen = fen("remoteYuan", read);
  const isFree = plain(values.freeFrom) !== "";
  const freeFromFen = isFree ? fen("freeFrom", read, 1, MOST_FREE_FROM_FEN) : null;
  const template: FreightTemplate = {
    ...rate,
    groups,
    remoteFen,
    remoteProvinces: provinces.filter((province) => values[remoteName(province)] === "yes"),
    freeFromFen,
    unservedProvinces: provinces.filter((province) => wayOf(province) === "none"),
  };
  return { template, errors: read.errors };
}

const kgOf = (weight: number) => String(weight / GRAMS_IN_A_KG);
const yuanOf = (amount: number) => (amount / 100).toFixed(2);

/** A template as its form has it filled in. */
export function templateValues(terms: FreightTerms): FormValues {
  const rateValues = (rate: FreightRate, group: string | null): [string, string][] => [
    [rateName("firstKg", group), kgOf(rate.firstGrams)],
    [rateName("firstYuan", group), yuanOf(rate.firstFen)],
    [rateName("addedKg", group), kgOf(rate.addedGrams)],
    [rateName("addedYuan", group), yuanOf(rate.addedFen)],
  ];
  const groups = terms.groups.slice(0, GROUPS.length).flatMap((group, index) => {
    const number = GROUPS[index] ?? "1";
    const members = group.provinces.map((province): [string, string] => [
      wayName(province),
      number,
    ]);
    return [...rateValues(group, number), ...members];
  });
  return Object.fromEntries([
    ...rateValues(terms, null),
    ...groups,
    ["remoteYuan", yuanOf(terms.remoteFen)],
    ["freeFrom", terms.freeFromFen === null ? "" : yuanOf(terms.freeFromFen)],
    ...terms.remoteProvinces.map((province) => [remoteName(province), "yes"]),
    ...terms.unservedProvinces.map((province) => [wayName(province), "none"]),
  ]);
}
