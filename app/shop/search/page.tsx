import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { readNewestCards } from "#app/domain/listings/read-cards.ts";
import { readSellingCounties, readShelves } from "#app/domain/listings/read-shelves.ts";
import { translator } from "#app/i18n/translate.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { SearchBox } from "#app/ui/search-box.tsx";
import { searchListings } from "#search/query.ts";
import { ListingCards } from "../listing-card.tsx";
import { readAsked, searchHref } from "./asked.ts";
import { Filters } from "./filters.tsx";
import { NothingFound } from "./nothing-found.tsx";

const CARDS_A_PAGE = 24;
const SUGGESTIONS = 4;

export const handle = { area: "shop" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { db, locale, search } = context;
  const asked = readAsked(new URL(request.url));
  const { page, ...query } = asked;
  const [shelves, counties, found] = await Promise.all([
    readShelves(db, locale),
    readSellingCounties(db, locale),
    searchListings(
      db,
      search,
      { ...query, limit: CARDS_A_PAGE, offset: (page - 1) * CARDS_A_PAGE },
      locale,
    ),
  ]);
  const t = translator(locale, "shop");
  const { text } = asked;
  return {
    title: text ? t("search.titleFor", { text }) : t("search.title"),
    asked,
    shelves,
    counties,
    cards: found.cards,
    total: found.total,
    isPartial: found.isPartial,
    pages: Math.ceil(found.total / CARDS_A_PAGE),
    suggestions: found.cards.length === 0 ? await readNewestCards(db, locale, SUGGESTIONS) : [],
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Search() {
  const { asked, shelves, counties, cards, total, isPartial, pages, suggestions } =
    useLoaderData<typeof loader>();
  const t = useTranslations("shop.search");
  const keep = (["category", "region", "sort"] as const)
    .filter((name) => asked[name] && asked[name] !== "relevance")
    .map((name): [string, string] => [name, asked[name]]);
  return (
    <>
      <PageTitle>{t("heading")}</PageTitle>
      <SearchBox text={asked.text} example={t("placeholder")} keep={keep} />
      <Filters asked={asked} shelves={shelves} counties={counties} />
      {cards.length === 0 ? (
        <NothingFound asked={asked} shelves={shelves} suggestions={suggestions} />
      ) : (
        <section className="shelf">
          <h2>
            {asked.text
              ? t("foundFor", { count: total, text: asked.text })
              : t("found", { count: total })}
          </h2>
          {isPartial && <p>{t("partial")}</p>}
          <ListingCards cards={cards} eagerFirst />
          <Pager page={asked.page} pages={pages} href={(page) => searchHref(asked, { page })} />
        </section>
      )}
    </>
  );
}
