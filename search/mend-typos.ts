import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { QueryPart } from "./query-parts.ts";
import { isTypoOf, SHORTEST_ONE_TYPO } from "./typing-distance.ts";

/** Low enough for "aplle" to bring up documents with "apple"; the words themselves decide then. */
const WORD_SIMILARITY = "0.3";
const MOST_DOCUMENTS = 300;
const MOST_WORDS = 5;

/** No name is longer, and each letter more is a guess more. */
const LONGEST_WORD = 30;

const mayHaveTypo = ({ script, word }: QueryPart) =>
  script === "latin" &&
  word.length >= SHORTEST_ONE_TYPO &&
  word.length <= LONGEST_WORD &&
  !/\d/.test(word);

/**
 * Adds to what each part may be meant for the words of the documents that are a slip of the keys
 * away from it. Null when no part may hold a typo.
 */
export async function mendTypos(
  db: Kysely<DB>,
  parts: readonly QueryPart[][],
): Promise<QueryPart[][] | null> {
  const doubtful = parts.flat().filter(mayHaveTypo);
  if (doubtful.length === 0) return null;
  const meant = await db.transaction().execute(async (trx) => {
    // The operator can use the trigram index; its threshold is a setting, here of this transaction.
    await sql`select set_config('pg_trgm.word_similarity_threshold', ${WORD_SIMILARITY}, true)`.execute(
      trx,
    );
    const found = new Map<QueryPart, QueryPart[]>();
    for (const part of doubtful) {
      found.set(part, [...swapped(part.word), ...(await wordsLike(trx, part.word))]);
    }
    return found;
  });
  return parts.map((each) => each.flatMap((part) => [part, ...(meant.get(part) ?? [])]));
}

/** Neighbours swapped: in a short word that leaves too few trigrams alike to be brought up by them. */
function swapped(typed: string): QueryPart[] {
  return Array.from({ length: typed.length - 2 }, (_, at) => ({
    script: "latin",
    word: `${typed.slice(0, at + 1)}${typed[at + 2]}${typed[at + 1]}${typed.slice(at + 3)}`,
  }));
}

async function wordsLike(db: Kysely<DB>, typed: string): Promise<QueryPart[]> {
  const { rows } = await sql<{ word: string }>`
    select distinct word from (
      select latin from search_documents where ${typed} <% latin
      order by word_similarity(${typed}, latin) desc limit ${MOST_DOCUMENTS}
    ) near, unnest(string_to_array(latin, ' ')) word
    where abs(length(word) - ${typed.length}::int) <= 2 and word <> ${typed}`.execute(db);
  return rows
    .map((row) => row.word)
    .filter((word) => isTypoOf(typed, word))
    .slice(0, MOST_WORDS)
    .map((word) => ({ script: "latin", word }));
}
