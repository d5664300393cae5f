import type { SearchDocument } from "./document.ts";
import { namesIn, pinyinTerms, runsOf, singular, writtenTerms } from "./document-text.ts";
import { listingWords, looseTerms, typedTerms } from "./listing-words.ts";
import type { QueryPart } from "./query-parts.ts";

// tsvector and tsquery are written here, term by term: PostgreSQL has no parser for Chinese.

/** Terms hold letters and digits only; the quoting is a second lock on the same door. */
const quote = (term: string) => `'${term.replace(/['\\]/g, "$&$&")}'`;

/** A name as a whole: potatoes are "=potato", sweet potatoes only "=sweetpotato". */
function wholeName(words: string[]): string[] {
  const joined = words.map(singular).join("");
  return joined === "" ? [] : [`=${joined}`];
}

/** The names of the crop itself on a Latin keyboard, none shortened: "huajiao", "hj". */
function typedNames(document: SearchDocument): string[] {
  const names = [document.categoryZh[0] ?? "", ...document.synonyms].map((name) => ({
    length: [...name].length,
    ...pinyinTerms(name),
  }));
  return names.flatMap(({ length, full, initials }) => [
    ...full.filter((term) => term === longest(full)),
    ...initials.filter((term) => term.length === length),
  ]);
}

/** A place as it is typed, with its ending or without: "xunwuxian", "xunwu", "xwx", "xw". */
function shortNames(place: string): string[] {
  return runsOf(place).flatMap(({ text }) => {
    const names = [text, [...text].slice(0, -1).join("")].map(pinyinTerms);
    return names.flatMap(({ full, initials }) =>
      [longest(full), longest(initials)].filter((term) => term !== undefined),
    );
  });
}

const longest = (terms: string[]) => terms.toSorted((a, b) => b.length - a.length)[0];

const namesOf = (document: SearchDocument) =>
  [document.categoryZh[0] ?? "", document.categoryEn[0] ?? ""]
    // Wild honey is honey, sweet potatoes are no potatoes.
    .flatMap((name) => [name, ...namesIn(name)])
    .concat(document.synonyms)
    .flatMap((name) => wholeName(runsOf(name).map((run) => run.text)));

/**
 * Raise it with every change of what stands in the terms: documents of an earlier recipe then count
 * as outdated, and the next start or `npm run reindex` makes them anew.
 */
export const RECIPE = 2;

/** What a document weighs by: A what it is, B where from, C who offers it, D all else. */
export function documentTerms(document: SearchDocument): { terms: string; latin: string } {
  const { what, where, who, also } = listingWords(document);
  const { full, initials } = typedTerms(document);
  const weights = new Map<string, string>();
  const add = (weight: string, terms: string[]) => {
    for (const term of terms) if (!weights.has(term)) weights.set(term, weight);
  };
  add("A", namesOf(document));
  add("A", what.flatMap(writtenTerms));
  // Whole names as they are typed: "hj" is 花椒 before all else that has these letters in it.
  add("A", typedNames(document));
  add("B", where.flatMap(writtenTerms));
  add("B", [document.villageZh, document.placeZh[0] ?? ""].flatMap(shortNames));
  add("C", who.flatMap(writtenTerms));
  add("D", also.flatMap(writtenTerms));
  add("D", [...full, ...initials]);
  return {
    terms: [...weights].map(([term, weight], at) => `${quote(term)}:${at + 1}${weight}`).join(" "),
    latin: looseTerms(document).join(" "),
  };
}

/** A Chinese part is found as a word or by all its 2-grams; a Latin one also by its beginning. */
export function partTsquery(part: QueryPart): string {
  if (part.script === "latin") {
    return part.word.length > 1
      ? `(${quote(part.word)} | ${quote(part.word)}:*)`
      : quote(part.word);
  }
  const grams = part.grams.map(quote).join(" & ");
  return part.grams.length > 1 ? `(${quote(part.word)} | (${grams}))` : grams;
}

export const allOf = (parts: readonly QueryPart[]) => parts.map(partTsquery).join(" & ");

export const eitherOf = (parts: readonly QueryPart[]) => `(${parts.map(partTsquery).join(" | ")})`;

/** Adds weight, not hits: what is called exactly so comes before what has it in its name. */
export function preferringName(tsquery: string, asked: (readonly QueryPart[])[]): string {
  const names = asked.flatMap((parts) => wholeName(parts.map((part) => part.word)));
  return [`(${tsquery})`, ...names.map(quote)].join(" | ");
}

/** Any part, and of a Chinese part any 2-gram: the last resort. */
export function anyOf(parts: readonly QueryPart[]): string {
  const pieces = parts.flatMap((part) => (part.script === "han" ? part.grams : [])).map(quote);
  return [...parts.map(partTsquery), ...pieces].join(" | ");
}
