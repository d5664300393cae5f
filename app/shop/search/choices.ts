import type { FilterNames } from "#app/domain/listings/read-filter-names.ts";
import type { Facets, FilterName } from "#search/filters.ts";
import { CERTIFICATES, isFilterValue, priceBands, SHIPS_WITHIN } from "#search/filters.ts";
import type { Asked } from "./asked.ts";

/** A value to choose and how many it would show; `of` is the group that it stands in. */
export type Choice = { value: string; count: number; of?: string };

const GRADES = ["premium", "first", "second", "ungraded"];

/**
 * What can be chosen of each filter: what shows something, and what is chosen already. Groups of
 * categories and provinces come before what is in them.
 */
export function choicesOf(
  asked: Asked,
  facets: Facets,
  names: FilterNames,
): Record<FilterName, Choice[]> {
  const choices = (name: FilterName, values: readonly string[]) =>
    values
      .map((value) => ({ value, count: facets[name][value] ?? 0 }))
      .filter(({ value, count }) => count > 0 || value === asked[name]);
  const codes = (list: keyof FilterNames) => names[list].map(({ code }) => code);
  const groups = names.categories.map(({ code, parentCode }) => [code, parentCode ?? code]);
  const groupOf = new Map(groups as [string, string][]);
  const order = [...new Set(groupOf.values())];
  const byGroup = (a: Choice, b: Choice) =>
    order.indexOf(a.of ?? "") - order.indexOf(b.of ?? "") ||
    Number(b.value === b.of) - Number(a.value === a.of);
  return {
    category: choices("category", codes("categories"))
      .map((choice) => ({ ...choice, of: groupOf.get(choice.value) }))
      .sort(byGroup),
    region: choices("region", codes("regions"))
      .map((choice) => ({ ...choice, of: `${choice.value.slice(0, 2)}0000` }))
      .sort((a, b) => a.value.localeCompare(b.value)),
    cooperative: choices("cooperative", codes("cooperatives")),
    grade: choices("grade", GRADES),
    certificate: choices("certificate", CERTIFICATES),
    harvest: choices(
      "harvest",
      [...new Set([...Object.keys(facets.harvest), asked.harvest])]
        .filter((month) => isFilterValue("harvest", month))
        .sort()
        .reverse(),
    ),
    price: choices("price", priceBands),
    // Waiting longer shows more: a step that adds nothing is no choice.
    ships: choices("ships", SHIPS_WITHIN.map(String)).filter(
      ({ value, count }, at, all) => value === asked.ships || count > (all[at - 1]?.count ?? 0),
    ),
    stock: choices("stock", ["yes"]),
  };
}

/** How many there would be without one of the filters that are set; null where that is not counted. */
export function countWithout(name: FilterName, facets: Facets, names: FilterNames): number | null {
  // Of what has no certificate, or two, the counts of each do not tell.
  if (name === "ships" || name === "stock" || name === "certificate") return null;
  const groups = {
    category: names.categories.filter(({ parentCode }) => !parentCode),
    region: names.regions.filter(({ code }) => code.endsWith("0000")),
  };
  const values =
    name === "category" || name === "region"
      ? groups[name].map(({ code }) => code)
      : Object.keys(facets[name]);
  return values.reduce((sum, value) => sum + (facets[name][value] ?? 0), 0);
}
