import categoryGroups from "#db/seed/reference/categories.json" with { type: "json" };
import { readingOf } from "#db/seed/reference/readings.ts";
import { normalise, runsOf, wholeName } from "./document-text.ts";
import { synonymGroups } from "./synonyms.ts";

// What the market's own list calls crops, whether anybody sells them or not.

/** No name has more words: "new year rice cake". */
export const MOST_NAME_WORDS = 4;

const HAN = /\p{Script=Han}/u;
const spoken = (names: string | undefined) => names?.match(/\S+/g) ?? [];
const joined = (name: string) => wholeName(runsOf(name).map(({ text }) => text));

const crops = categoryGroups.flatMap((group) =>
  group.crops.map(([, zh = "", en = "", others, kinds]) => ({
    names: [zh, en, ...spoken(others)],
    kinds: spoken(kinds),
  })),
);

/** Of one syllable it is the beginning of too much else. */
function spelledName(name: string): string[] {
  const syllables = readingOf(normalise(name)).split(" ");
  return syllables.length > 1 ? [syllables.join("")] : [];
}

function allNames(): Set<string> {
  const names = [
    ...categoryGroups.flatMap(({ zh, en }) => [zh, en]),
    ...crops.flatMap((crop) => [...crop.names, ...crop.kinds]),
    ...synonymGroups.flat(),
  ];
  const chinese = names.filter((name) => HAN.test(name));
  return new Set([...names.map(joined), ...chinese.flatMap(spelledName)].filter(Boolean));
}

let known: Set<string> | undefined;

/**
 * True when these words are together what a crop or a group of crops is called: in Chinese, in
 * English or in pinyin.
 */
export function isCropName(words: string[]): boolean {
  known ??= allNames();
  return known.has(wholeName(words));
}

const kindsOnly = new Set(crops.flatMap(({ kinds }) => kinds).map(normalise));
for (const { names } of crops) for (const name of names) kindsOnly.delete(normalise(name));

/** 花牛 and 脐橙: what only some of a crop are called. */
export const isKindName = (name: string): boolean => kindsOnly.has(name);

/** Chinese names of two characters and more, the longest first, each with all its crops' names. */
const said = sayable();

function sayable(): [name: string, of: string[]][] {
  const of = new Map<string, string[]>();
  // 土鸡蛋 is no 土鸡: what stands in a longer name is not said, whichever list has that.
  for (const name of synonymGroups.flat()) of.set(name, []);
  for (const { names, kinds } of crops) {
    for (const name of [...names, ...kinds]) {
      const written = normalise(name);
      of.set(written, [...(of.get(written) ?? []), ...names, name]);
    }
  }
  return [...of]
    .filter(([name]) => HAN.test(name) && [...name].length > 1)
    .sort(([a], [b]) => b.length - a.length);
}

/** All names of the crops that a Chinese title speaks of: of 高山绿茶 those of green tea. */
export function cropNamesSaid(title: string): string[] {
  let rest = normalise(title);
  const found = new Set<string>();
  for (const [name, names] of said) {
    if (!rest.includes(name)) continue;
    rest = rest.replaceAll(name, " ");
    for (const each of names) found.add(each);
  }
  return [...found];
}
