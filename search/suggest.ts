import { normalise, pinyinTerms, readingTerms, runsOf } from "./document-text.ts";
import { isTypoOf } from "./typing-distance.ts";

// Pure: which of the names on the market fit what somebody typed.

/** A name that listings can be found by: a crop, a place, a cooperative. */
export type MarketName = {
  zh: string;
  en: string;
  /** What else it is called, and how that is read where a dictionary would guess wrong. */
  otherNames: string[];
  readings: string[];
  listings: number;
};

export type KnownName = MarketName & { spelled: string[]; initials: string[] };

const MOST_SUGGESTIONS = 6;
const SHORTEST_INITIALS = 2;
/** What ends so is a place: 盐源 is all of 盐源县. */
const PLACE_ENDINGS = /[省市县区镇乡村]$/u;

const joined = (text: string) =>
  runsOf(text)
    .map((run) => run.text)
    .join("");

/** Works out once how a name is typed. */
export function knowName(name: MarketName): KnownName {
  const typed = [
    ...[name.zh, ...name.otherNames].map(pinyinTerms),
    ...name.readings.map(readingTerms),
  ];
  return {
    ...name,
    spelled: [...new Set(typed.flatMap(({ full }) => full))],
    initials: [...new Set(typed.flatMap(({ initials }) => initials))],
  };
}

/**
 * Names that what was typed begins, stands in, spells or nearly spells, best first, at most six,
 * and never what was typed itself. Of several words the last one is completed, the others stay.
 */
export function suggestNames(
  names: readonly KnownName[],
  text: string,
  locale: "zh" | "en",
): string[] {
  const words = normalise(text).trim().split(/\s+/u);
  const before = words.slice(0, -1);
  // "sweet po": an English name has several words, so all that was typed is tried first.
  const whole = fitting(names, joined(text)).map((name) => name[locale] || name.zh);
  const last =
    before.length === 0 || whole.length > 0
      ? []
      : fitting(names, joined(words.at(-1) ?? "")).map((name) =>
          [...before, name[locale] || name.zh].join(" "),
        );
  const typed = joined(text);
  return [...new Set([...whole, ...last])]
    .filter((name) => joined(name) !== typed)
    .slice(0, MOST_SUGGESTIONS);
}

function fitting(names: readonly KnownName[], asked: string): KnownName[] {
  if (asked === "") return [];
  const isHan = /^\p{Script=Han}+$/u.test(asked);
  // One character alone sounds like too many others.
  const sound = isHan && [...asked].length > 1 ? longest(pinyinTerms(asked).full) : "";
  return (
    names
      .map((name) => ({ name, far: isHan ? inHan(name, asked, sound) : inLatin(name, asked) }))
      .filter(({ far }) => Number.isFinite(far))
      // 苹果 before a cooperative that has apples in its name.
      .sort(
        (a, b) =>
          a.far - b.far || a.name.zh.length - b.name.zh.length || b.name.listings - a.name.listings,
      )
      .map(({ name }) => name)
  );
}

const longest = (terms: string[]) => terms.toSorted((a, b) => b.length - a.length)[0] ?? "";

function inHan({ zh, otherNames, spelled }: KnownName, asked: string, sound: string): number {
  const written = [zh, ...otherNames];
  if (written.some((name) => name.replace(PLACE_ENDINGS, "") === asked)) return 0;
  if (written.some((name) => name.startsWith(asked))) return 1;
  if (written.some((name) => name.includes(asked))) return 2;
  // 平果 sounds as 苹果 does.
  return sound && spelled.includes(sound) ? 3 : Number.POSITIVE_INFINITY;
}

function inLatin({ en, spelled, initials }: KnownName, asked: string): number {
  const words = runsOf(en).map((run) => run.text);
  // Tartary buckwheat is thought of by either word.
  const terms = [...words.map((_, at) => words.slice(at).join("")), ...spelled];
  if (terms.includes(asked)) return 0;
  if (asked.length >= SHORTEST_INITIALS && initials.includes(asked)) return 1;
  if (terms.some((term) => term.startsWith(asked))) return 2;
  return terms.some((term) => isTypoOf(asked, term)) ? 3 : Number.POSITIVE_INFINITY;
}
