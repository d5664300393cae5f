import { type RawBuilder, sql } from "kysely";
import type { SearchDocument } from "./document.ts";
import { latinTerms, wholeName } from "./document-text.ts";
import { listingWords, looseTerms } from "./listing-words.ts";
import { type CodePart, isCode, type QueryPart } from "./query-parts.ts";
import { weighedTerms } from "./weighed-terms.ts";

// tsvector and tsquery are written here, term by term: PostgreSQL has no parser for Chinese.

/** Terms hold letters and digits only; the quoting is a second lock on the same door. */
const quote = (term: string) => `'${term.replace(/['\\]/g, "$&$&")}'`;

/**
 * Raise it with every change of what stands in the terms: documents of an earlier recipe then count
 * as outdated, and the next start or `npm run reindex` makes them anew.
 */
export const RECIPE = 8;

/** What a document weighs by: A what it is, B where from, C who offers it, D all else. */
export function documentTerms(document: SearchDocument): string {
  const terms = weighedTerms(document);
  const weights = new Map<string, string>();
  const add = (weight: string, terms: string[]) => {
    for (const term of terms) if (!weights.has(term)) weights.set(term, weight);
  };
  add("A", terms.names.map(named));
  add("A", terms.what);
  // Whole names as they are typed: "hj" is 花椒 before all else that has these letters in it.
  add(
    "A",
    terms.typedNames.flatMap((name) => [name, named(name)]),
  );
  add("B", [...terms.where, ...terms.typedPlaces]);
  add("C", terms.who);
  add("D", [...terms.also, ...terms.typed]);
  // No letter or digit begins so: these are filters', and no word that is typed.
  add(
    "D",
    document.certificates.map((kind) => `@x${kind}`),
  );
  return [...weights].map(([term, weight], at) => `${quote(term)}:${at + 1}${weight}`).join(" ");
}

/** The lexeme of a whole name, so that potatoes are "=potato" and sweet potatoes are not. */
const named = (name: string) => `=${name}`;

/**
 * The words of some documents that are looked up as such: Latin ones, and whole names. In an order
 * that is the same for all who write them, so that two who do it at once do not wait for each other
 * crosswise. `isName`: where a typo is mended.
 */
export function knownWords(
  documents: readonly SearchDocument[],
): { word: string; isName: boolean }[] {
  const names = new Set(documents.flatMap(looseTerms));
  const words = documents.flatMap((document) => {
    const { what, where, who, also } = listingWords(document);
    const { names, typedNames, typed } = weighedTerms(document);
    return [
      ...[...what, ...where, ...who, ...also].flatMap(latinTerms),
      ...typed,
      // Typed as a whole, "hj" is 花椒 before all else that has these letters.
      ...[...names, ...typedNames].map(named),
    ];
  });
  return [...new Set([...names, ...words])]
    .sort()
    .map((word) => ({ word, isName: names.has(word) }));
}

/**
 * A Chinese part is found as a word or by all its 2-grams; a Latin one also by its beginning, unless
 * it is a whole word. Names of two words are also written as one: "sweetpotato".
 */
function partTsquery(part: QueryPart): RawBuilder<string> {
  if (part.script === "latin") {
    const { word, nameOf, isSound } = part;
    const whole = [quote(word), ...(nameOf ? [quote(named(word))] : [])].join(" | ");
    return word.length > 1 && !nameOf && !isSound
      ? sql`search_words_beginning(${word})`
      : sql`${whole}::tsquery`;
  }
  if (part.script === "code") return sql`${codeLexemes(part)}::tsquery`;
  const grams = part.grams.map(quote).join(" & ");
  const found = part.grams.length > 1 ? `${quote(part.word)} | (${grams})` : grams;
  return sql`${found}::tsquery`;
}

const LEXEME_BEGINS = { certificate: "@x", cooperative: "@k", called: "=" };
const codeLexemes = ({ of, anyOf }: CodePart) =>
  anyOf.map((value) => quote(`${LEXEME_BEGINS[of]}${value}`)).join(" | ");

const joined = (parts: readonly RawBuilder<string>[], by: RawBuilder<unknown>) =>
  sql<string>`(${sql.join([...parts], by)})`;
const both = sql` && `;
const either = sql` || `;

export const allOf = (parts: readonly QueryPart[]) => joined(parts.map(partTsquery), both);

/** One of what each part may be meant for. */
export const oneOfEach = (meant: readonly (readonly QueryPart[])[]) =>
  joined(
    meant.map((parts) => joined(parts.map(partTsquery), either)),
    both,
  );

/** Any part or its beginning, and of a Chinese part any 2-gram: the last resort. */
export function anyOf(parts: readonly QueryPart[]): RawBuilder<string> {
  const grams = parts.flatMap((part) => (part.script === "han" ? part.grams : [])).map(quote);
  const pieces = grams.length > 0 ? [sql<string>`${grams.join(" | ")}::tsquery`] : [];
  const loose = parts.map((part) => ({ ...part, nameOf: undefined }));
  return joined([...loose.map(partTsquery), ...pieces], either);
}

/** What is called by all of these crops' names, in words and as an address of the index. */
export const calledBy = (names: readonly string[]): string =>
  names.map((name) => quote(named(name))).join(" & ");

/** What is called exactly so, as one name. */
export const namesOfParts = (asked: readonly (readonly QueryPart[])[]): string[] =>
  asked
    .map((parts) => parts.filter((part) => !isCode(part)))
    .map((parts) => wholeName(parts.map((part) => part.word)))
    .filter(Boolean)
    .map(named);
