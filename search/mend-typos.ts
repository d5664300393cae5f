import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { mayHaveTypo, type QueryPart } from "./query-parts.ts";
import { isTypoOf } from "./typing-distance.ts";

/** Of the words that look most alike so many are held against the keys. */
const MOST_ALIKE = 100;
const MOST_WORDS = 5;

/** No name is longer, and each letter more is a guess more. */
const LONGEST_WORD = 30;

const isMendable = (part: QueryPart): boolean =>
  mayHaveTypo(part) && part.word.length <= LONGEST_WORD && !/\d/.test(part.word);

/**
 * Adds to what each part may be meant for the words of the documents that are a slip of the keys
 * away from it. Null when no part may hold a typo.
 */
export async function mendTypos(
  db: Kysely<DB>,
  parts: readonly QueryPart[][],
): Promise<QueryPart[][] | null> {
  const doubtful = parts.flat().filter(isMendable);
  if (doubtful.length === 0) return null;
  const alike = await wordsAlike(db, [...new Set(doubtful.map(({ word }) => word))]);
  const meant = new Map(
    doubtful.map((part) => [part, [...swapped(part.word), ...wordsLike(part.word, alike)]]),
  );
  return parts.map((each) => each.flatMap((part) => [part, ...(meant.get(part) ?? [])]));
}

/** Neighbours swapped: in a short word that leaves too few trigrams alike to be brought up by them. */
function swapped(typed: string): QueryPart[] {
  return Array.from({ length: typed.length - 2 }, (_, at) => ({
    script: "latin",
    word: `${typed.slice(0, at + 1)}${typed[at + 2]}${typed[at + 1]}${typed.slice(at + 3)}`,
  }));
}

function wordsLike(typed: string, alike: readonly string[]): QueryPart[] {
  return alike
    .filter((word) => word !== typed && isTypoOf(typed, word))
    .slice(0, MOST_WORDS)
    .map((word) => ({ script: "latin", word }));
}

/** Words of the market that share most with what was typed, best first. */
async function wordsAlike(db: Kysely<DB>, typed: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select near.word from unnest(${[...typed]}::text[]) asked cross join lateral (
      select word, similarity(word, asked) as likeness from search_words
      where is_name and word % asked and abs(length(word) - length(asked)) <= 2
      order by likeness desc, word limit ${MOST_ALIKE}
    ) near order by near.likeness desc, near.word`.execute(db);
  return rows.map((row) => row.word);
}
