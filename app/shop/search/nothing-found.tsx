import { useTranslations } from "use-intl";
import type { ListingCard } from "#app/domain/listings/read-cards.ts";
import type { Shelf } from "#app/domain/listings/read-shelves.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/layout.tsx";
import { ListingCards } from "../listing-card.tsx";
import { type Asked, searchHref } from "./asked.ts";

/** Says that nothing was found, and leads on: fewer filters, a category, what is new. */
export function NothingFound({
  asked,
  shelves,
  suggestions,
}: {
  asked: Asked;
  shelves: readonly Pick<Shelf, "code" | "name">[];
  suggestions: readonly ListingCard[];
}) {
  const t = useTranslations("shop.search");
  const isFiltered = asked.category !== "" || asked.region !== "";
  return (
    <div className="shelf">
      <EmptyState title={asked.text ? t("nothingFor", { text: asked.text }) : t("nothing")}>
        {isFiltered && (
          <p className="mb-4">
            <ButtonLink variant="quiet" href={searchHref(asked, { category: "", region: "" })}>
              {t("withoutFilters")}
            </ButtonLink>
          </p>
        )}
        <p className="mb-2">{t("advice")}</p>
        <nav aria-label={t("category")} className="tabs justify-center">
          {shelves.map(({ code, name }) => (
            <a key={code} href={`/search?category=${code}`}>
              {name}
            </a>
          ))}
        </nav>
      </EmptyState>
      {suggestions.length > 0 && (
        <section className="shelf">
          <h2>{t("meanwhile")}</h2>
          <ListingCards cards={suggestions} />
        </section>
      )}
    </div>
  );
}
