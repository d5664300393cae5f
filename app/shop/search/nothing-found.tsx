import { useTranslations } from "use-intl";
import type { ListingCard } from "#app/domain/listings/read-cards.ts";
import type { FilterNames } from "#app/domain/listings/read-filter-names.ts";
import type { OfferedCrop } from "#app/domain/listings/read-offered-crops.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/layout.tsx";
import type { Facets, FilterName } from "#search/filters.ts";
import { ListingCards } from "../listing-card.tsx";
import { type Asked, chosenFilters, noFilters, searchHref } from "./asked.ts";
import { countWithout } from "./choices.ts";
import { useFilterWords } from "./filter-words.ts";

type Props = {
  asked: Asked;
  facets: Facets | undefined;
  cappedFacets: readonly FilterName[];
  names: FilterNames;
};

/** Says that nothing was found, and leads on: fewer filters, a category, what is new. */
export function NothingFound({
  groups,
  meanwhile,
  ...search
}: Props & {
  groups: readonly OfferedCrop[];
  meanwhile: readonly ListingCard[];
}) {
  const t = useTranslations("shop.search");
  const { text } = search.asked;
  return (
    <div className="shelf">
      <EmptyState title={text ? t("nothingFor", { text }) : t("nothing")}>
        <FewerFilters {...search} />
        <p className="mb-2">{t("advice")}</p>
        <nav aria-label={t("shelves")} className="tabs justify-center">
          {groups.map(({ code, name }) => (
            <a key={code} href={`/search?category=${code}`}>
              {name}
            </a>
          ))}
        </nav>
      </EmptyState>
      {meanwhile.length > 0 && (
        <section className="shelf">
          <h2>{t("meanwhile")}</h2>
          <ListingCards cards={meanwhile} />
        </section>
      )}
    </div>
  );
}

/** Each filter without which something would be found, how much, and all of them at once. */
function FewerFilters({ asked, facets, cappedFacets, names }: Props) {
  const t = useTranslations("shop.search");
  const wordOf = useFilterWords(names);
  const chosen = chosenFilters(asked);
  if (chosen.length === 0) return null;
  const ways = chosen
    .map(([name, value]) => {
      const count = facets ? countWithout(name, facets, names) : null;
      const more = cappedFacets.includes(name) ? "+" : "";
      return { name, word: wordOf(name, value), count, more };
    })
    .filter(({ count }) => count !== 0);
  return (
    <p className="mb-4 flex flex-wrap justify-center gap-2">
      {ways.map(({ name, word, count, more }) => (
        <ButtonLink key={name} variant="quiet" href={searchHref(asked, { [name]: "" })}>
          {count
            ? t("withoutCounted", { name: word, count, more })
            : t("withoutPlain", { name: word })}
        </ButtonLink>
      ))}
      {chosen.length > 1 && (
        <ButtonLink variant="quiet" href={searchHref(asked, noFilters)}>
          {t("withoutAll")}
        </ButtonLink>
      )}
    </p>
  );
}
