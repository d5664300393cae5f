import { bigrams, hanWords, runsOf, singular, spelled } from "./document-text.ts";

const LONGEST_QUERY = 200;
const MOST_PARTS = 12;
/** In characters; more than that is a text, not a name with a slip in it. */
const LONGEST_NAME = 8;
/** What people write around the thing they look for. */
const FILLERS = new Set("a an and for from i in of some the want with".split(" "));
const LEADING_FILLERS = /^(?:请问|有没有|哪里有|我|想|要|买|找)+/u;
const FILLER_CHARACTERS = /[的了吗呢]/u;

/**
 * One thing that is asked for. All grams of a Chinese part must be there. `heard` is what it may be
 * heard as, in characters: a word with the stray ones beside it, or "" where a neighbour has it.
 */
export type QueryPart =
  | { script: "han"; word: string; grams: string[]; heard: string }
  | { script: "latin"; word: string };

/**
 * Cuts what a buyer typed into at most twelve parts. Only the first 200 characters count, and no
 * sign survives: whatever was typed, what comes out holds letters and digits.
 */
export function queryParts(text: string): QueryPart[] {
  const capped = [...text.slice(0, LONGEST_QUERY * 2)].slice(0, LONGEST_QUERY).join("");
  const parts = runsOf(capped).flatMap((run): QueryPart[] => {
    if (!run.isHan) return [{ script: "latin", word: singular(run.text) }];
    return run.text
      .replace(LEADING_FILLERS, "")
      .split(FILLER_CHARACTERS)
      .flatMap((text) => withHeard(hanWords(text)))
      .map(({ word, heard }) => ({
        ...{ script: "han", word, heard },
        grams: [...new Set(bigrams(word))],
      }));
  });
  const asked = parts.filter((part) => !FILLERS.has(part.word));
  const kept = asked.length > 0 ? asked : parts;
  return [...new Map(kept.map((part) => [part.word, part])).values()].slice(0, MOST_PARTS);
}

/** What the dictionary cut off for a stray character is heard with the word before or after it. */
function withHeard(words: string[]): { word: string; heard: string }[] {
  const heard = words.map((word) => ({ word, heard: word }));
  for (const [at, each] of heard.entries()) {
    const next = heard[at + 1];
    if (!next || ([...each.heard].length > 1 && [...next.word].length > 1)) continue;
    next.heard = each.heard + next.heard;
    each.heard = "";
  }
  return heard;
}

/**
 * Each part with what it sounds like, where it is Chinese: 平果 is meant for 苹果. One character alone
 * sounds like too many others. Null when nothing sounds like anything.
 */
export function bySound(parts: readonly QueryPart[]): QueryPart[][] | null {
  const meant = parts.map((part): QueryPart[] => {
    const length = part.script === "han" ? [...part.heard].length : 0;
    if (part.script === "latin" || length === 1 || length > LONGEST_NAME) return [part];
    if (part.heard === "") return [];
    const sound: QueryPart = { script: "latin", word: spelled(part.heard) };
    // Written, the part is only a piece of what is heard.
    return part.heard === part.word ? [part, sound] : [sound];
  });
  const heard = meant.filter((each) => each.length > 0);
  return heard.flat().some((part) => !parts.includes(part)) ? heard : null;
}
