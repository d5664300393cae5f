import { useTranslations } from "use-intl";
import type { FilterNames } from "#app/domain/listings/read-filter-names.ts";
import { Button } from "#app/ui/button.tsx";
import { type OptionGroup, SelectField } from "#app/ui/select-field.tsx";
import { type Facets, type FilterName, filterNames, sorts } from "#search/filters.ts";
import { type Asked, chosenFilters, searchHref } from "./asked.ts";
import { type Choice, choicesOf } from "./choices.ts";
import { useFilterWords } from "./filter-words.ts";

/** All but the last, which is a box to tick. */
const selected = filterNames.filter((name) => name !== "stock");

/** Selects with a button, and the order as links: nothing here needs a script. */
export function Filters({
  asked,
  facets,
  cappedFacets,
  hasMoreChoices,
  names,
}: {
  asked: Asked;
  facets: Facets;
  /** Filters whose counts are the least there are. */
  cappedFacets: readonly FilterName[];
  hasMoreChoices: boolean;
  names: FilterNames;
}) {
  const t = useTranslations("shop.search");
  const wordOf = useFilterWords(names);
  const choices = choicesOf(asked, facets, names);
  const more = (name: FilterName) => (cappedFacets.includes(name) ? "+" : "");
  const labelled = (name: FilterName, { value, count }: Choice) => ({
    value,
    label: t("choice", { name: wordOf(name, value), count, more: more(name) }),
  });
  const grouped = (name: FilterName): OptionGroup[] => {
    const groups = new Map<string, OptionGroup>();
    for (const choice of choices[name]) {
      const code = choice.of ?? choice.value;
      const group = groups.get(code) ?? { label: wordOf(name, code), options: [] };
      const all = choice.value === code && t("allOf", { name: wordOf(name, code) });
      const label = all && t("choice", { name: all, count: choice.count, more: more(name) });
      group.options.push(label ? { value: code, label } : labelled(name, choice));
      groups.set(code, group);
    }
    return [...groups.values()];
  };
  // One choice is none, unless it is the one that was made, or not all have it.
  const isOffered = (name: FilterName) =>
    asked[name] !== "" || choices[name].length > (name === "certificate" ? 0 : 1);
  return (
    <details className="filters" open={asked.withEveryChoice}>
      <summary>{t("filters", { count: chosenFilters(asked).length })}</summary>
      <form action="/search">
        {asked.text && <input type="hidden" name="q" value={asked.text} />}
        {selected.filter(isOffered).map((name) => {
          const isGrouped = name === "category" || name === "region";
          return (
            <SelectField
              key={name}
              name={name}
              label={t(`by.${name}`)}
              {...(isGrouped
                ? { groups: grouped(name) }
                : { options: choices[name].map((choice) => labelled(name, choice)) })}
              placeholder={t("any")}
              defaultValue={asked[name]}
            />
          );
        })}
        {choices.stock.map(({ value, count }) => (
          <label key={value} className="flex min-h-11 items-center gap-3">
            <input
              className="size-6"
              type="checkbox"
              name="stock"
              value={value}
              defaultChecked={asked.stock === value}
            />
            {t("choice", { name: wordOf("stock", value), count, more: more("stock") })}
          </label>
        ))}
        {asked.sort !== "relevance" && <input type="hidden" name="sort" value={asked.sort} />}
        <Button variant="quiet">{t("apply")}</Button>
      </form>
      {hasMoreChoices && (
        <p className="mt-3">
          {t("newestOnly")}{" "}
          <a href={searchHref(asked, { withEveryChoice: true })} rel="nofollow">
            {t("everyChoice")}
          </a>
        </p>
      )}
    </details>
  );
}

/** What narrows the search now, each with a way to be rid of it. */
export function Chosen({ asked, names }: { asked: Asked; names: FilterNames }) {
  const t = useTranslations("shop.search");
  const wordOf = useFilterWords(names);
  const chosen = chosenFilters(asked);
  if (chosen.length === 0) return null;
  return (
    <nav aria-label={t("chosen")} className="tabs mb-3">
      {chosen.map(([name, value]) => (
        <a
          key={name}
          href={searchHref(asked, { [name]: "" })}
          aria-label={t("without", { name: wordOf(name, value) })}
        >
          {wordOf(name, value)} <span aria-hidden="true">&nbsp;✕</span>
        </a>
      ))}
    </nav>
  );
}

export function Sorts({ asked }: { asked: Asked }) {
  const t = useTranslations("shop.search");
  return (
    <nav aria-label={t("sort")} className="tabs one-row">
      {sorts.map((sort) => (
        <a
          key={sort}
          href={searchHref(asked, { sort })}
          aria-current={sort === asked.sort ? "true" : undefined}
        >
          {t(`sorts.${sort}`)}
        </a>
      ))}
    </nav>
  );
}
