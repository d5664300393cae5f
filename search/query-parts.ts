import { askedWords, isListed, wordsBeforeCrops } from "./asked-words.ts";
import { certificatesSaid, MOST_CERTIFICATE_WORDS } from "./certificate-words.ts";
import { type CooperativeNames, cutAtCooperatives, NO_COOPERATIVES } from "./cooperative-names.ts";
import { isCropName, MOST_NAME_WORDS } from "./crop-names.ts";
import { bigrams, runsOf, singular, spelled, wholeName } from "./document-text.ts";
import { lookAlikes } from "./look-alikes.ts";
import { cropsOfOne } from "./one-character-crops.ts";
import { SHORTEST_ONE_TYPO } from "./typing-distance.ts";

const LONGEST_QUERY = 200;
const MOST_PARTS = 12;
/** In characters; more than that is a text, not a name with a slip in it. */
const LONGEST_NAME = 8;
/** What people write around the thing they look for. */
const FILLERS = new Set("a an and for from i in of some the want with".split(" "));
/** What says that something has a certificate: 有绿色认证的苹果. */
const HAVING = new Set("有 带 带有 是 经 经过 通过 获得 with".split(" "));
const LEADING_FILLERS = /^(?:请问|有没有|哪里有|我|想|要|买|找|卖)+/u;
const FILLER_CHARACTERS = /[的了吗呢]/u;
/** What stands behind a number, and is no part of the name behind it: "5斤树河苹果". */
const COUNTED = /^(?:公斤|千克|[斤箱袋棵个件])/u;

/**
 * One thing that is asked for. All grams of a Chinese part must be there. `heard` is what it may be
 * heard as, in characters: a word with the stray ones beside it, or "" where a neighbour has it.
 * `nameOf`: the whole crop's name that it is a word of, and which is meant for nothing else.
 * `isSound`: what a Chinese word sounds like. Both are whole words, no beginnings.
 */
export type QueryPart =
  | { script: "han"; word: string; grams: string[]; heard: string; nameOf?: string }
  | { script: "latin"; word: string; nameOf?: string; isSound?: boolean }
  | CodePart;

/**
 * What is meant for any of some values of a filter, and is no text: 有机 is the certificate. Also what
 * is called by any of some names.
 */
export type CodePart = {
  script: "code";
  word: string;
  of: "certificate" | "cooperative" | "called";
  anyOf: readonly string[];
  nameOf?: undefined;
};

export const isCode = (part: QueryPart): part is CodePart => part.script === "code";

type Reading = { cut: (run: string) => string[]; isShortToo: boolean };
const PLAIN: Reading = { cut: askedWords, isShortToo: false };
const BEFORE_CROPS: Reading = { cut: wordsBeforeCrops, isShortToo: false };
const SHORT_NAMES: Reading = { cut: askedWords, isShortToo: true };

/**
 * What a buyer typed in every way that it may be read, the likeliest first. `plain` is what is looked
 * for in other writings when nothing is found.
 */
export function queryReadings(text: string, names: CooperativeNames = NO_COOPERATIVES) {
  const plain = queryParts(text, names);
  const isOther = (parts: QueryPart[]) =>
    parts.length > 0 && wordsOf(parts) !== wordsOf(plain) ? [parts] : [];
  const wordsOf = (parts: QueryPart[]) =>
    parts.map(({ script, word }) => `${script === "code"} ${word}`).join();
  return {
    plain,
    readings: [
      ...isOther(withCropsOfOne(queryParts(text, names, BEFORE_CROPS))),
      plain,
      ...isOther(queryParts(text, names, SHORT_NAMES)),
    ],
  };
}

/** 枣 beside anything else is what is called so, not what has it in its name as 枣花蜜 has. */
function withCropsOfOne(parts: readonly QueryPart[]): QueryPart[] {
  if (parts.length < 2) return [...parts];
  return parts.map((part) => {
    const anyOf = cropsOfOne(part.word);
    return anyOf.length > 0 ? { script: "code", word: part.word, of: "called", anyOf } : part;
  });
}

/**
 * Cuts what a buyer typed into at most twelve parts. Only the first 200 characters count, and no
 * sign survives: whatever was typed, what comes out holds letters and digits.
 */
export function queryParts(
  text: string,
  names: CooperativeNames = NO_COOPERATIVES,
  { cut, isShortToo } = PLAIN,
): QueryPart[] {
  const capped = [...text.slice(0, LONGEST_QUERY * 2)].slice(0, LONGEST_QUERY).join("");
  const runs = cutAtCooperatives(runsOf(capped), names, isShortToo);
  const parts = runs.flatMap((run, at): QueryPart[] => {
    if ("ids" in run)
      return [{ script: "code", word: run.said, of: "cooperative", anyOf: run.ids }];
    if (!run.isHan) return [{ script: "latin", word: singular(run.text) }];
    const before = runs[at - 1];
    const unit =
      before && "text" in before && /\d$/.test(before.text)
        ? COUNTED.exec(run.text)?.[0]
        : undefined;
    const said = run.text.slice(unit?.length ?? 0).replace(LEADING_FILLERS, "");
    return [...(unit ? [unit] : []), ...said.split(FILLER_CHARACTERS)]
      .flatMap((text) => withHeard(cut(text)))
      .map(({ word, heard }) => ({
        ...{ script: "han", word, heard },
        grams: [...new Set(bigrams(word))],
      }));
  });
  const asked = withCertificates(parts.filter((part) => !FILLERS.has(part.word)));
  const kept = asked.length > 0 ? asked : parts;
  const each = [...new Map(kept.map((part) => [part.word, part])).values()].slice(0, MOST_PARTS);
  return withNames(each);
}

/** With one part for the words that together name a certificate, the longest first: "green food". */
function withCertificates(parts: readonly QueryPart[]): QueryPart[] {
  const meant: QueryPart[] = [];
  for (let at = 0; at < parts.length; ) {
    const [part, taken] = certificateAt(parts, at);
    const before = meant.at(-1);
    if (part && before && HAVING.has(before.word)) meant.pop();
    meant.push(part ?? (parts[at] as QueryPart));
    at += taken;
  }
  return meant;
}

function certificateAt(parts: readonly QueryPart[], at: number): [CodePart | null, number] {
  for (let end = Math.min(parts.length, at + MOST_CERTIFICATE_WORDS); end > at; end--) {
    const words = parts.slice(at, end).map(({ word }) => word);
    const anyOf = certificatesSaid(words);
    const word = words.join("");
    if (anyOf.length > 0) return [{ script: "code", word, of: "certificate", anyOf }, end - at];
  }
  return [null, 1];
}

/** Marks the words that are together a crop's name, the longest first: "sweet pepper". */
function withNames(parts: readonly QueryPart[]): QueryPart[] {
  const named = new Map<QueryPart, string>();
  for (const at of parts.keys()) {
    for (let end = Math.min(parts.length, at + MOST_NAME_WORDS); end > at; end--) {
      const together = parts.slice(at, end);
      const words = together.map(({ word }) => word);
      if (together.some(isCode) || !isCropName(words) || together.every(isStray)) continue;
      for (const part of together) if (!named.has(part)) named.set(part, wholeName(words));
      break;
    }
  }
  return parts.map((part) => {
    const isOne = parts.length > 1 && !isStray(part);
    const nameOf = named.get(part) ?? (isOne ? cropsOfOne(part.word)[0] : undefined);
    return nameOf && !isCode(part) ? { ...part, nameOf } : part;
  });
}

/** The crops' names that are asked for: what is none of them is something else. */
export const cropNamesOf = (parts: readonly QueryPart[]): string[] => [
  ...new Set(parts.flatMap(({ nameOf }) => nameOf ?? [])),
];

/** 鸡 in 鸡旦: a single character that is heard with another one. */
const isStray = (part: QueryPart) =>
  part.script === "han" && [...part.word].length === 1 && part.heard !== part.word;

/** What the dictionary cut off for a stray character is heard with the word before or after it. */
function withHeard(words: string[]): { word: string; heard: string }[] {
  const heard = words.map((word) => ({ word, heard: word }));
  for (const [at, each] of heard.entries()) {
    const next = heard[at + 1];
    if (!next || [each, next].some(({ word }) => certificatesSaid([word]).length > 0)) continue;
    if ([...each.heard].length > 1 && [...next.word].length > 1) continue;
    // Behind a place or a grade it is a crop: 盐源枣.
    if (isListed(each.heard) && cropsOfOne(next.word).length > 0) continue;
    next.heard = each.heard + next.heard;
    each.heard = "";
  }
  return heard;
}

/** A word in Latin letters that a slip of the keys may be in: never a crop's name. */
export const mayHaveTypo = (part: QueryPart): boolean =>
  part.script === "latin" &&
  !part.nameOf &&
  // So short a sound is near to too many.
  part.word.length >= SHORTEST_ONE_TYPO + (part.isSound ? 1 : 0);

/**
 * Each part with what it sounds like, where it is Chinese: 平果 is meant for 苹果. One character alone
 * sounds like too many others, and a crop's name is meant as it stands: 香蕉 is no 香椒. Null when
 * nothing sounds like anything.
 */
export function bySound(parts: readonly QueryPart[]): QueryPart[][] | null {
  const meant = parts.map((part): QueryPart[] => {
    const length = part.script === "han" ? [...part.heard].length : 0;
    if (part.script !== "han" || part.nameOf || length === 1 || length > LONGEST_NAME)
      return [part];
    if (part.heard === "") return [];
    const sound: QueryPart = { script: "latin", word: spelled(part.heard), isSound: true };
    // Written, the part is only a piece of what is heard.
    return part.heard === part.word ? [part, sound] : [sound];
  });
  const heard = meant.filter((each) => each.length > 0);
  return heard.flat().some((part) => !parts.includes(part)) ? heard : null;
}

/**
 * Each part with the words that it looks like: 未耳 is meant for 木耳. What some list has is meant as
 * it stands. Null when nothing looks like anything.
 */
export function bySight(parts: readonly QueryPart[]): QueryPart[][] | null {
  const meant: QueryPart[][] = [];
  let strays: QueryPart[] = [];
  let isSeen = false;
  for (const part of parts) {
    const seen = part.script !== "han" || part.nameOf ? [] : seenAs(part);
    if (part.script === "han" && part.heard === "") {
      strays.push(part);
      continue;
    }
    isSeen ||= seen.length > 0;
    // What the dictionary cut off belongs to the word that it is seen with.
    if (seen.length > 0) meant.push(seen);
    else meant.push(...strays.map((stray) => [stray]), [part]);
    strays = [];
  }
  return isSeen ? meant : null;
}

/** What sounds like what the parts most likely look like: 巡乌 袖子. */
export function bySightAndSound(parts: readonly QueryPart[]): QueryPart[][] | null {
  const seen = bySight(parts)?.flatMap((words) => words[1] ?? words[0] ?? []);
  return seen ? bySound(seen) : null;
}

function seenAs({ word, heard }: QueryPart & { script: "han" }): QueryPart[] {
  if (isListed(heard)) return [];
  const words = lookAlikes(heard).sort((a, b) => Number(isListed(b)) - Number(isListed(a)));
  return [...(heard === word && words.length > 0 ? [word] : []), ...words].map((seen) => ({
    ...{ script: "han", word: seen, heard: seen },
    grams: [...new Set(bigrams(seen))],
  }));
}
