import type { Crop, CropGroup } from "./read-crops.ts";

const MOST_MATCHES = 12;
const HAN = /\p{Script=Han}/u;

/** Signs and spaces fall away; nǚ, nv and nü are typed for the same syllable. */
const plain = (text: string) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/v/g, "u");

/**
 * The crops that fit what a farmer typed, best first, at most twelve: a part of a Chinese name, of
 * another name or of a variety; a longer text that holds such a name (盐源苹果); the beginning of a
 * reading from any syllable on, in full or by first letters ("yangyu", "yy"); an English word.
 * Nothing typed finds nothing. Where a Chinese name is just that, no crop comes beside it for the
 * sake of another name that only holds it: 鸡蛋 are eggs, and no 鸡蛋果. Pure.
 */
export function matchCrops(groups: readonly CropGroup[], typed: string): Crop[] {
  const asked = plain(typed);
  if (asked === "") return [];
  const distance = HAN.test(asked) ? inChinese : inLatin;
  const crops = groups.flatMap((group) => group.crops);
  const isCalledSo = ({ names }: Crop) => names.some((name) => plain(name) === asked);
  const isNamed = HAN.test(asked) && crops.some(isCalledSo);
  return crops
    .filter((crop) => !isNamed || isCalledSo(crop) || crop.names[0]?.includes(asked))
    .map((crop) => ({ crop, far: distance(crop, asked) }))
    .filter(({ far }) => far < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.far - b.far)
    .slice(0, MOST_MATCHES)
    .map(({ crop }) => crop);
}

/** A crop's own name counts a little more than another name of its. */
function nearest(texts: readonly string[], far: (text: string) => number): number {
  const each = texts.map((text, at) => far(text) + (at === 0 ? 0 : 0.5));
  return Math.min(...each, Number.POSITIVE_INFINITY);
}

function inChinese({ names }: Crop, asked: string): number {
  return nearest(names, (name) => {
    if (name === asked) return 0;
    if (name.startsWith(asked)) return 1;
    if (name.includes(asked)) return 2;
    // One character stands in too many words to say what is meant.
    if ([...name].length > 1 && asked.includes(name)) return 4 - name.length / 100;
    return Number.POSITIVE_INFINITY;
  });
}

function inLatin({ readings, nameEn }: Crop, asked: string): number {
  const byReading = nearest(readings, (reading) => {
    const syllables = reading.split(" ").map(plain);
    const initials = syllables.map((syllable) => syllable[0]).join("");
    if (syllables.join("") === asked) return 0;
    if (asked.length > 1 && initials === asked) return 1;
    if (syllables.join("").startsWith(asked)) return 2;
    const later = syllables.findIndex((_, at) => syllables.slice(at).join("").startsWith(asked));
    if (later > 0) return 3;
    return asked.length > 1 && initials.startsWith(asked) ? 4 : Number.POSITIVE_INFINITY;
  });
  const words = nameEn.split(" ").map(plain);
  const isWord = words.some((_, at) => words.slice(at).join("").startsWith(asked));
  return Math.min(byReading, isWord ? (words.join("") === asked ? 0 : 1.5) : byReading);
}
