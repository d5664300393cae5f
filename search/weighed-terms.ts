import { certificateTerms } from "./certificate-words.ts";
import type { SearchDocument } from "./document.ts";
import { namesIn, pinyinTerms, runsOf, wholeName, writtenTerms } from "./document-text.ts";
import { listingWords, typedTerms } from "./listing-words.ts";

// Pure: the terms of a document by how much they say about it. Both engines weigh by them.

export type WeighedTerms = {
  /** The crop's own names and its groups', each joined to one word: "花椒", "sichuanpepper". */
  names: string[];
  /** The same as they are typed, none shortened: "huajiao", "hj". */
  typedNames: string[];
  what: string[];
  where: string[];
  /** Places as they are typed, with their ending or without: "xunwuxian", "xunwu", "xwx", "xw". */
  typedPlaces: string[];
  who: string[];
  also: string[];
  /** Everything in pinyin and in first letters. */
  typed: string[];
};

export function weighedTerms(document: SearchDocument): WeighedTerms {
  const { what, where, who, also } = listingWords(document);
  const { full, initials } = typedTerms(document);
  return {
    names: wholeNames(document),
    typedNames: typedNames(document),
    what: what.flatMap(writtenTerms),
    where: where.flatMap(writtenTerms),
    typedPlaces: [document.villageZh, document.placeZh[0] ?? ""].flatMap(shortNames),
    who: who.flatMap(writtenTerms),
    also: [...also.flatMap(writtenTerms), ...certificateTerms(document.certificates).written],
    typed: [...full, ...initials],
  };
}

function wholeNames(document: SearchDocument): string[] {
  return (
    [document.categoryZh[0] ?? "", document.categoryEn[0] ?? ""]
      // Wild honey is honey, sweet potatoes are no potatoes.
      .flatMap((name) => [name, ...namesIn(name)])
      .concat(document.synonyms, groups(document.categoryZh), groups(document.categoryEn))
      .map((name) => wholeName(runsOf(name).map((run) => run.text)))
      .filter(Boolean)
  );
}

const groups = (categories: string[]) => categories.slice(1);

function typedNames(document: SearchDocument): string[] {
  const names = [document.categoryZh[0] ?? "", ...document.synonyms].map((name) => ({
    length: [...name].length,
    ...pinyinTerms(name),
  }));
  return [
    ...document.readings.map((reading) => reading.replaceAll(" ", "")),
    ...groups(document.categoryZh).flatMap((name) => longest(pinyinTerms(name).full) ?? []),
    ...names.flatMap(({ length, full, initials }) => [
      ...full.filter((term) => term === longest(full)),
      ...initials.filter((term) => term.length === length),
    ]),
  ];
}

function shortNames(place: string): string[] {
  return runsOf(place).flatMap(({ text }) => {
    const names = [text, [...text].slice(0, -1).join("")].map(pinyinTerms);
    return names.flatMap(({ full, initials }) =>
      [longest(full), longest(initials)].filter((term) => term !== undefined),
    );
  });
}

const longest = (terms: string[]) => terms.toSorted((a, b) => b.length - a.length)[0];
