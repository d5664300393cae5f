import { type Draft, draft, type Fits, isCrop, isFrom, isOfVillage } from "./rules.ts";
import { certificates, cooperatives, counties, crops, ofOneCharacter, villages } from "./words.ts";

// Questions of which a word says no crop and no place: whose it is, and what it is certified for.

const HAN = /\p{Script=Han}/u;
const isCertified =
  (kind: string): Fits =>
  (offered) =>
    offered.certificates.includes(kind);
const isOf =
  (name: string): Fits =>
  ({ cooperative }) =>
    cooperative === name;

const said = (words: Record<string, string[]>) =>
  Object.entries(words).flatMap(([of, all]) => all.map((word) => ({ of, word })));
const cropsSaid = (way: "names" | "english") =>
  Object.entries(crops).flatMap(([code, words]) => words[way].map((word) => ({ code, word })));

/** 有机苹果, 苹果 有机, 盐源有机苹果, "organic apple". */
function certified(): Draft[] {
  return said(certificates).flatMap(({ of, word }) => {
    const isKind = isCertified(of);
    const names = cropsSaid(HAN.test(word) ? "names" : "english");
    const pairs = names.flatMap((crop) => {
      const fits: Fits[] = [isKind, isCrop(crop.code)];
      if (!HAN.test(word)) return [draft(`${word} ${crop.word}`, ...fits)];
      return [
        draft(`${word}${crop.word}`, ...fits),
        draft(`${crop.word} ${word}`, ...fits),
        ...Object.entries(counties).flatMap(([code, { names }]) =>
          names.map((county) => draft(`${county}${word}${crop.word}`, ...fits, isFrom(code))),
        ),
      ];
    });
    return [draft(word, isKind), ...pairs];
  });
}

/** 花牛苹果合作社, and that before or behind a crop, with a space or without. */
function cooperative(): Draft[] {
  return said(cooperatives).flatMap(({ of, word }) => [
    draft(word, isOf(of)),
    ...cropsSaid("names").flatMap((crop) =>
      [`${word}${crop.word}`, `${word} ${crop.word}`, `${crop.word}${word}`].map((text) =>
        draft(text, isOf(of), isCrop(crop.code)),
      ),
    ),
  ]);
}

/** 树河椒, 盐源蜜, with a space or without. */
function oneCharacter(): Draft[] {
  const places = [
    ...Object.entries(counties).map(([code, { names }]) => ({ names, isThere: isFrom(code) })),
    ...Object.entries(villages).map(([name, { names }]) => ({ names, isThere: isOfVillage(name) })),
  ];
  return places.flatMap(({ names, isThere }) =>
    names.flatMap((place) =>
      Object.entries(ofOneCharacter).flatMap(([character, code]) =>
        [`${place}${character}`, `${place} ${character}`].map((text) =>
          draft(text, isThere, isCrop(code)),
        ),
      ),
    ),
  );
}

export const together = { certified, cooperative, oneCharacter };
