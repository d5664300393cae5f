import { countShipsWithin, type Facets, type FilterName, filterNames } from "./filters.ts";
import { daysOf } from "./meilisearch-document.ts";
import type { PreparedQuery } from "./prepare-query.ts";
import { type CodePart, isCode } from "./query-parts.ts";

type Distribution = Record<string, Record<string, number>>;

/** The attribute of which each filter's values are counted. */
const countedIn: Record<FilterName, string> = {
  category: "categories",
  region: "counties",
  cooperative: "cooperativeId",
  grade: "gradeCode",
  certificate: "certificates",
  harvest: "harvestMonth",
  price: "priceBand",
  ships: "shipsFromDay",
  stock: "inStock",
};

/** Values are checked by prepareQuery: they cannot break a filter. */
function written(name: FilterName, value: string, today: string): string {
  if (name === "region") return `regions = "${value}"`;
  if (name === "ships") return `shipsFromDay <= ${daysOf(today) + Number(value)}`;
  if (name === "stock") return "inStock = true";
  return `${countedIn[name]} = "${value}"`;
}

/** What a word of the question is meant for, where that is what a filter has. */
export const codeFilter = ({ of, anyOf }: CodePart): string[] =>
  anyOf.map((value) => `${of === "called" ? of : countedIn[of]} = "${value}"`);

/** All that must hold; of what stands together in a list any will do. */
export type MeilisearchFilter = (string | string[])[];

export function meilisearchFilter(query: PreparedQuery, leftOut?: FilterName): MeilisearchFilter {
  const chosen = filterNames.flatMap((name) => {
    const value = query.filters[name];
    return value && name !== leftOut ? [written(name, value, query.today)] : [];
  });
  return [...query.parts.filter(isCode).map(codeFilter), ...chosen];
}

/**
 * What must be asked to count every filter as if it alone were chosen anew: once with all filters
 * for those that are not set, and for each that is set once without it.
 */
export function facetQuestions({ filters }: PreparedQuery) {
  const isSet = (name: FilterName) => Boolean(filters[name]);
  return [
    { leftOut: undefined, facets: filterNames.filter((name) => !isSet(name)) },
    ...filterNames.filter(isSet).map((name) => ({ leftOut: name, facets: [name] })),
  ].map(({ leftOut, facets }) => ({ leftOut, facets: facets.map((name) => countedIn[name]) }));
}

/** One count of all filters from the answers to the questions above, in any order. */
export function facetsOf(answers: readonly (Distribution | undefined)[], today: string): Facets {
  const all: Distribution = Object.assign({}, ...answers);
  const facets = Object.fromEntries(
    filterNames.map((name) => [name, all[countedIn[name]] ?? {}]),
  ) as Facets;
  facets.stock = facets.stock.true ? { yes: facets.stock.true } : {};
  facets.ships = countShipsWithin(
    new Map(
      Object.entries(facets.ships).map(([day, count]) => [
        Math.max(0, Number(day) - daysOf(today)),
        count,
      ]),
    ),
  );
  return facets;
}
