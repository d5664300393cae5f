import {
  type Draft,
  draft,
  type Fits,
  isCrop,
  isFrom,
  isOfVillage,
  type Offered,
} from "./rules.ts";
import { together } from "./said-together.ts";
import { counties, crops, grades, type Spoken, titleParts, villages } from "./words.ts";

// Kept apart from the index: nothing here imports from search/. What must be found is read off the
// rows of the market by plain rules: its crop, its county, its village, its household, its grade.

export type Query = { kind: string; text: string; expected: string[] };

const KINDS = [
  ...["name", "part", "pinyin", "initials", "typo", "english", "place", "alias"],
  ...["traditional", "wrong", "synonym", "mixed", "unspaced"],
  ...["certified", "cooperative", "oneCharacter"],
];

type Way = keyof Spoken;
const each = (known: Record<string, Spoken>, way: Way, rule: (code: string) => Fits): Draft[] =>
  Object.entries(known).flatMap(([code, words]) =>
    words[way].map((text) => draft(text, rule(code))),
  );

/** Crops and places written in one way, then crops with the county written in the same way. */
function written(way: Way): Draft[] {
  const cropWords = each(crops, way, isCrop);
  const countyWords = each(counties, way, isFrom);
  const pairs = cropWords.flatMap((crop) =>
    countyWords.map((county) => draft(`${county.text} ${crop.text}`, county.fits, crop.fits)),
  );
  return [...cropWords, ...countyWords, ...each(villages, way, isOfVillage), ...pairs];
}

function mixed(): Draft[] {
  const names = each(crops, "names", isCrop);
  const places = [...each(counties, "names", isFrom), ...each(villages, "names", isOfVillage)];
  const grading = Object.entries(grades).flatMap(([grade, words]) =>
    words.map((word) => draft(word, (offered) => offered.grade === grade)),
  );
  const inBoxes: Fits = ({ unit }) => unit === "box-5jin";
  return names.flatMap((crop) => [
    ...places.map((place) =>
      draft(`5斤 ${crop.text} ${place.text}`, crop.fits, place.fits, inBoxes),
    ),
    ...places.map((place) => draft(`我想买${place.text}的${crop.text}`, crop.fits, place.fits)),
    ...grading.map((grade) => draft(`${grade.text}${crop.text}`, crop.fits, grade.fits)),
    ...each(counties, "english", isFrom).map((county) =>
      draft(`${crop.text} ${county.text}`, crop.fits, county.fits),
    ),
  ]);
}

/** Place, grade and crop in one, as Chinese is typed: in every order. */
function unspaced(): Draft[] {
  const names = each(crops, "names", isCrop);
  const places = [...each(counties, "names", isFrom), ...each(villages, "names", isOfVillage)];
  return places.flatMap((place) =>
    Object.entries(grades).flatMap(([grade, words]) =>
      names.flatMap((crop, at) => {
        const word = words[at % words.length] ?? "";
        const isGraded: Fits = (offered) => offered.grade === grade;
        const orders = [
          `${place.text}${word}${crop.text}`,
          `${word}${place.text}${crop.text}`,
          `${place.text}${crop.text}${word}`,
          `${crop.text}${place.text}${word}`,
          `${word}${crop.text}${place.text}`,
        ];
        return orders.map((text) => draft(text, place.fits, isGraded, crop.fits));
      }),
    ),
  );
}

function aliases(offers: readonly Offered[]): Draft[] {
  const all = [...new Set(offers.flatMap((offered) => offered.aliases))].sort();
  return all.flatMap((alias) => {
    const [family = "", village = "", code = ""] = alias.split(" · ");
    const isTheirs: Fits = (offered) => offered.aliases.includes(alias);
    const isFamily: Fits = (offered) =>
      offered.aliases.some((other) => other.startsWith(`${family} · ${village} · `));
    return [
      draft(code, isTheirs),
      draft(alias, isTheirs),
      draft(`${family} ${code.toLowerCase()}`, isTheirs),
      draft(`${village}${family}`, isFamily),
    ];
  });
}

function draftsOf(kind: string, offers: readonly Offered[]): Draft[] {
  if (kind === "name") return written("names");
  if (kind === "synonym") return written("synonyms");
  if (kind === "place")
    return [...each(counties, "names", isFrom), ...each(villages, "names", isOfVillage)];
  if (kind === "alias") return aliases(offers);
  if (kind === "mixed") return mixed();
  if (kind === "unspaced") return unspaced();
  if (kind in together) return together[kind as keyof typeof together]();
  if (kind === "part") {
    return titleParts.map((part) => draft(part, ({ titleZh }) => titleZh.includes(part)));
  }
  if (kind === "typo") return written("typos");
  return written(kind as Way);
}

/**
 * `count` queries, as evenly of all kinds as there are enough of them, with the listings that each
 * must find; only such as have any. The same market gives the same queries in the same order.
 */
export function makeQueries(offers: readonly Offered[], count: number): Query[] {
  const waiting = new Map(
    KINDS.map((kind) => {
      const meant = Map.groupBy(draftsOf(kind, offers), ({ text }) => text);
      // What may be meant for two things ("ds": 大蒜, 冬笋) must find both.
      const queries = [...meant].map(([text, drafts]) => ({
        ...{ kind, text },
        expected: offers
          .filter((offered) => drafts.some(({ fits }) => fits(offered)))
          .map(({ id }) => id),
      }));
      return [kind, spread(queries.filter(({ expected }) => expected.length > 0))];
    }),
  );
  const made = new Map<string, Query>();
  while (made.size < count && [...waiting.values()].some((left) => left.length > 0)) {
    for (const left of waiting.values()) {
      const query = left.shift();
      if (query && made.size < count && !made.has(query.text)) made.set(query.text, query);
    }
  }
  if (made.size < count) throw new Error(`only ${made.size} queries can be made`);
  return [...made.values()];
}

/** Every seventh, then the ones between: whatever is cut off at the end is of every sort. */
function spread<Item>(items: readonly Item[]): Item[] {
  return Array.from({ length: 7 }, (_, start) => items.filter((_, at) => at % 7 === start)).flat();
}
