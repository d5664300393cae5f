import { pinyin } from "pinyin-pro";
import { simplify } from "./simplify.ts";
import { synonymGroups } from "./synonyms.ts";

// Pure: text in, terms out. Listings and questions are cut by the same rules, or nothing matches.

// Script=Han holds signs as well (⺀, 𖿢), and of a sign nothing can be found.
const RUNS = /[\p{Script=Han}&&[\p{L}\p{N}]]+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;
const HAN = /^\p{Script=Han}/u;
const LATIN = /^[a-z]+$/;
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
/** Longest first, so that "土鸡蛋" is not read as "土鸡" and a left-over. */
const byLength = synonymGroups
  .flatMap((group) => group.map((term) => [term, group] as const))
  .sort(([a], [b]) => b.length - a.length);
const known = byLength.map(([term]) => term).filter((term) => HAN.test(term));

/** Full-width to plain, capitals to small, accents (pīnyīn) off, traditional to simplified. */
export function normalise(text: string): string {
  return simplify(text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase());
}

export type Run = { text: string; isHan: boolean };

/** Stretches of Chinese and of everything else that has letters or digits; signs fall away. */
export function runsOf(text: string): Run[] {
  return (normalise(text).match(RUNS) ?? []).map((run) => ({ text: run, isHan: HAN.test(run) }));
}

/**
 * Words of a Chinese run: names of produce first, the rest by ICU's dictionary. Neighbours of one
 * character are joined: ICU cuts what it does not know (盐源, 树河镇) into single characters.
 * `cut` is for who knows more than the names of produce.
 */
export function hanWords(run: string, cut = joinSingles): string[] {
  const words: string[] = [];
  let rest = "";
  let at = 0;
  while (at < run.length) {
    const term = known.find((candidate) => run.startsWith(candidate, at));
    if (term) {
      words.push(...cut(rest), term);
      rest = "";
    } else rest += run[at];
    at += term?.length ?? 1;
  }
  return [...words, ...cut(rest)];
}

export function joinSingles(text: string): string[] {
  const words: string[] = [];
  let singles = "";
  for (const { segment } of segmenter.segment(text)) {
    if ([...segment].length === 1) singles += segment;
    else {
      if (singles) words.push(...placesIn(singles));
      words.push(segment);
      singles = "";
    }
  }
  if (singles) words.push(...placesIn(singles));
  return words;
}

/** "南桥镇凌家" as 南桥镇, 凌家: what ends a place ends a word. */
const placesIn = (singles: string) => singles.split(/(?<=..[镇县乡])/u).filter(Boolean);

/** "苹果树" → 苹果, 果树; one character alone is its own gram. */
export function bigrams(run: string): string[] {
  const characters = [...run];
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** "cherries" → "cherry": enough to bring an English plural and its singular together. */
export function singular(word: string): string {
  if (word.length < 4 || !LATIN.test(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.endsWith("oes")) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

/** Every term under which a text can be found, as it is written: words, grams, characters. */
export function writtenTerms(text: string): string[] {
  const terms = new Set<string>();
  for (const run of runsOf(text)) {
    const parts = run.isHan
      ? [...hanWords(run.text), ...bigrams(run.text), ...run.text]
      : [run.text, singular(run.text)];
    for (const part of parts) terms.add(part);
  }
  return [...terms];
}

/** A name as a whole: potatoes are "potato", sweet potatoes only "sweetpotato". */
export const wholeName = (words: string[]) => words.map(singular).join("");

export function latinTerms(text: string): string[] {
  const runs = runsOf(text).filter((run) => !run.isHan);
  return [...new Set(runs.flatMap((run) => [run.text, singular(run.text)]))];
}

const LONGEST_SPAN = 4;

type Typed = { full: string[]; initials: string[] };

/**
 * How a Chinese text is typed on a Latin keyboard, from each of its characters on: whole words
 * ("yanyuan"), to the end of the run ("yanyuanpingguo"), and the first letters alone ("yypg").
 */
export function pinyinTerms(text: string): Typed {
  const runs = runsOf(text).filter((run) => run.isHan);
  return typedSyllables(
    runs.map((run) => pinyin(run.text, { toneType: "none", type: "array", v: true })),
  );
}

/** A Chinese word as a whole in pinyin: "pingguo". */
export function spelled(word: string): string {
  return pinyin(word, { toneType: "none", type: "array", v: true })
    .filter((syllable) => LATIN.test(syllable))
    .join("");
}

/** The same of what is spelled already, where a dictionary would guess wrong: "chong lou". */
export function readingTerms(reading: string): Typed {
  return typedSyllables([reading.split(" ")]);
}

function typedSyllables(runs: string[][]): Typed {
  const full = new Set<string>();
  const initials = new Set<string>();
  for (const run of runs) {
    const syllables = run.filter((syllable) => LATIN.test(syllable));
    for (let from = 0; from < syllables.length; from++) {
      const ends = [1, 2, 3, LONGEST_SPAN, syllables.length - from];
      for (const length of ends.filter((end) => end <= syllables.length - from)) {
        const span = syllables.slice(from, from + length);
        full.add(span.join(""));
        if (length > 1) initials.add(span.map((syllable) => syllable[0]).join(""));
      }
    }
  }
  return { full: [...full], initials: [...initials] };
}

/** A name without its produce: who sells apples is not an apple with all she sells. */
export function withoutProduce(name: string): string {
  return runsOf(name)
    .flatMap((run) => (run.isHan ? hanWords(run.text) : [run.text]))
    .filter((word) => !byLength.some(([term]) => term === singular(word)))
    .join(" ");
}

/** The other names of what a text speaks of: 红薯 brings 地瓜, 番薯 and sweet potato. */
export function synonymTerms(text: string): string[] {
  const words = runsOf(text).map((run) => (run.isHan ? run.text : singular(run.text)));
  return namesIn(text).filter((term) => !words.includes(term));
}

/**
 * All names of what a text speaks of. A name inside a longer one does not count: sweet potatoes are
 * no potatoes, 胡萝卜 is no 萝卜.
 */
export function namesIn(text: string): string[] {
  const words = runsOf(text).map((run) => (run.isHan ? run.text : singular(run.text)));
  let rest = ` ${words.join(" ")} `;
  const found = new Set<string>();
  for (const [term, group] of byLength) {
    const written = HAN.test(term) ? term : ` ${term} `;
    if (!rest.includes(written)) continue;
    rest = rest.replaceAll(written, "  ");
    for (const other of group) found.add(other);
  }
  return [...found];
}
