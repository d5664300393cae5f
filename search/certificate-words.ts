import { bigrams, normalise, runsOf, singular, spelled } from "./document-text.ts";
import type { CERTIFICATES } from "./filters.ts";

// Pure: what buyers call the certificates of certificate-rule.ts, in Chinese and in English.

type Kind = (typeof CERTIFICATES)[number];

const said: Record<Kind, string[]> = {
  green: ["绿色食品 绿色食品认证 绿色认证 绿标", "green food"],
  organic: [
    "有机 有机产品 有机食品 有机认证 有机产品认证 有机种植 有机栽培",
    ...["organic", "organically grown"],
  ],
  origin: [
    "地理标志 农产品地理标志 国家地理标志 地理标志产品 地理标志农产品 地标产品",
    ...["geographical indication", "protected geographical indication", "pgi"],
  ],
  pledge: [
    "合格证 承诺达标合格证 达标合格证 食用农产品合格证 承诺达标",
    ...["certificate of compliance", "compliance pledge", "pledge of compliance"],
  ],
};

/** Who asks for a certificate at all is shown what has any. */
const ANY = ["认证 证书 有认证", "certified", "certificate"];

/** By these a listing is found while its certificate is typed, or typed almost so. */
const written: Record<Kind, string[]> = {
  green: ["绿色食品", "greenfood"],
  organic: ["有机", "有机产品", "有机食品", "organic"],
  origin: ["地理标志", "农产品地理标志", "geographical", "indication"],
  pledge: ["合格证", "承诺达标合格证", "compliance"],
};

/** What has the words of a certificate in it, and is none: organic manure is not organic produce. */
const NO_CERTIFICATE = "有机肥 有机质 有机硒 有机物";

const HAN = /\p{Script=Han}/u;
const kinds = Object.keys(said) as Kind[];
const each = (words: readonly string[]) =>
  words.flatMap((some) => (HAN.test(some) ? some.split(" ") : [some])).map(normalise);
const all = [...Object.values(said), ANY].flatMap(each);

/** The Chinese words that a question is cut by. */
export const certificateWords: readonly string[] = [
  ...all.filter((word) => HAN.test(word)),
  ...NO_CERTIFICATE.split(" "),
];

/** No name of a certificate has more words, small ones as "of" left out. */
export const MOST_CERTIFICATE_WORDS = 3;

const SMALL = new Set(["of"]);
/** As a question has it: "organic", "geographicalindication", 有机, "youji". */
const keyOf = (words: string) =>
  runsOf(words)
    .filter(({ text }) => !SMALL.has(text))
    .map(({ text }) => singular(text))
    .join("");

const byName = new Map<string, Kind[]>();
for (const [of, words] of [
  ...kinds.map((kind) => [[kind], said[kind]] as const),
  [kinds, ANY] as const,
]) {
  for (const word of each(words)) {
    byName.set(keyOf(word), [...of]);
    if (HAN.test(word)) byName.set(spelled(word), [...of]);
  }
}

/** The certificates of which any is meant by these words together; none where they mean something else. */
export const certificatesSaid = (words: readonly string[]): readonly Kind[] =>
  byName.get(words.join("")) ?? [];

/** All terms by which a listing with these certificates is found, as they are written and typed. */
export function certificateTerms(certificates: readonly string[]) {
  const words = kinds
    .filter((kind) => certificates.includes(kind))
    .flatMap((kind) => written[kind]);
  const chinese = words.filter((word) => HAN.test(word));
  return {
    written: [...words, ...chinese.flatMap(bigrams)],
    typed: [...chinese.map(spelled), ...words.filter((word) => !HAN.test(word))],
  };
}
