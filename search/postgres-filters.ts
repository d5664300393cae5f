import { type FilterName, filterNames } from "./filters.ts";
import type { PreparedQuery } from "./prepare-query.ts";

/** What is asked for besides words: lexemes of the index, and what has no lexeme there. */
export type Narrowed = {
  /** A tsquery, "" for none. */
  lexemes: string;
  stocks: string[];
  priceFrom: string | null;
  priceBelow: string | null;
  shipsBy: { today: string; days: string } | null;
};

/** 51, 5134 and 513423 stand in the index; any other length is the beginning of a whole code. */
const region = (prefix: string) =>
  [2, 4, 6].includes(prefix.length) ? `'@r${prefix}'` : `'@r${prefix}':*`;

/** Values are checked by prepareQuery: none has a quote in it. */
const lexemeOf: { [name in FilterName]?: (value: string) => string } = {
  category: (code) => `'@c${code}'`,
  region,
  cooperative: (id) => `'@k${id}'`,
  grade: (grade) => `'@g${grade}'`,
  certificate: (kind) => `'@x${kind}'`,
  harvest: (month) => `'@h${month.replace("-", "")}'`,
};

/** What the set filters ask for, one of them left out where its own values are to be counted. */
export function narrowedBy({ filters, today }: PreparedQuery, leftOut?: FilterName): Narrowed {
  const chosen = (name: FilterName) => (name === leftOut ? undefined : filters[name]);
  const lexemes = filterNames.flatMap((name) => {
    const value = chosen(name);
    return value ? (lexemeOf[name]?.(value) ?? []) : [];
  });
  const [from, below] = chosen("price")?.split("-") ?? [];
  const days = chosen("ships");
  return {
    lexemes: lexemes.join(" & "),
    stocks: chosen("stock") ? ["~i"] : ["~i", "~o"],
    priceFrom: from || null,
    priceBelow: below || null,
    shipsBy: days ? { today, days } : null,
  };
}
