import { bigrams, hanWords, runsOf, singular } from "./document-text.ts";

const LONGEST_QUERY = 200;
const MOST_PARTS = 12;
/** What people write around the thing they look for. */
const FILLERS = new Set("a an and for from i in of some the want with".split(" "));
const LEADING_FILLERS = /^(?:请问|有没有|哪里有|我|想|要|买|找)+/u;
const FILLER_CHARACTERS = /[的了吗呢]/u;

/** One thing that is asked for. All grams of a Chinese part must be there. */
export type QueryPart =
  | { script: "han"; word: string; grams: string[] }
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
      .flatMap(hanWords)
      .map((word) => ({ script: "han", word, grams: [...new Set(bigrams(word))] }));
  });
  const asked = parts.filter((part) => !FILLERS.has(part.word));
  const kept = asked.length > 0 ? asked : parts;
  return [...new Map(kept.map((part) => [part.word, part])).values()].slice(0, MOST_PARTS);
}
