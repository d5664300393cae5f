import { type MetaFunction, useLoaderData } from "@remix-run/react";
import { type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { readNewestCards } from "#app/domain/listings/read-cards.ts";
import { readOfferedGroups } from "#app/domain/listings/read-offered-crops.ts";
import { translator } from "#app/i18n/translate.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { SearchBox } from "#app/ui/search-box.tsx";
import { searchListings } from "#search/query.ts";
import { ListingCards } from "../listing-card.tsx";
import {
  chosenFilters,
  filtersOf,
  isCutShort,
  LONGEST_TEXT,
  readAsked,
  searchHref,
} from "./asked.ts";
import { Chosen, Filters, Sorts } from "./filters.tsx";
import { NothingFound } from "./nothing-found.tsx";
import { searchHead } from "./search-head.ts";
import { Suggestions } from "./suggestions.tsx";

/** What comes, with the stylesheet, in the first round trip of a new line. */
const CARDS_A_PAGE = 16;
const CARDS_MEANWHILE = 4;

export const handle = { area: "shop", enhance: ["search-suggestions"] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { db, locale, search } = context;
  const url = new URL(request.url);
  const asked = readAsked(url);
  const { text, sort, page, withEveryChoice } = asked;
  const { cards, facets, names, suggestions, ...found } = await searchListings(
    db,
    search,
    {
      ...{ ...filtersOf(asked), text, sort, withFacets: true, withEveryChoice },
      ...{ limit: CARDS_A_PAGE, offset: (page - 1) * CARDS_A_PAGE },
    },
    locale,
  );
  const pages = Math.ceil(found.total / CARDS_A_PAGE);
  // Fewer are found by now, or somebody typed the number: what there is ends with the last page.
  if (page > pages && pages > 0) throw redirect(searchHref(asked, { page: pages }));
  const t = translator(locale, "shop");
  const title = text ? t("search.titleFor", { text }) : t("search.title");
  const [groups, meanwhile] =
    cards.length > 0
      ? [[], []]
      : await Promise.all([
          readOfferedGroups(db, locale),
          readNewestCards(db, locale, CARDS_MEANWHILE),
        ]);
  return {
    head: searchHead(asked, context, { title, description: t("search.description") }),
    ...{ asked, cards, facets, names, suggestions, groups, meanwhile, ...found },
    ...{ pages, isCut: isCutShort(url) },
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => data?.head ?? [];

export default function Search() {
  const { asked, facets, names, suggestions, ...found } = useLoaderData<typeof loader>();
  const { cards, cappedFacets, hasMoreChoices, pages, groups, meanwhile, isPartial, isCut } = found;
  const t = useTranslations("shop.search");
  const keep: [string, string][] = [...chosenFilters(asked)];
  if (asked.sort !== "relevance") keep.push(["sort", asked.sort]);
  return (
    <>
      <PageTitle>{t("heading")}</PageTitle>
      <SearchBox text={asked.text} example={t("placeholder")} keep={keep} />
      {isCut && <p role="status">{t("cutShort", { count: LONGEST_TEXT })}</p>}
      <Suggestions asked={asked} names={suggestions} />
      {facets && <Filters {...{ asked, facets, cappedFacets, hasMoreChoices, names }} />}
      <Chosen asked={asked} names={names} />
      <Sorts asked={asked} />
      {cards.length === 0 ? (
        <NothingFound {...{ asked, facets, cappedFacets, names, groups, meanwhile }} />
      ) : (
        <section className="shelf">
          <FoundHeading text={asked.text} {...found} />
          {isPartial && <p>{t("partial")}</p>}
          <ListingCards cards={cards} eagerFirst />
          <Pager page={asked.page} pages={pages} href={(page) => searchHref(asked, { page })} />
        </section>
      )}
    </>
  );
}

/** What is shown, in true words: what only sounds alike or has a part of it was not found. */
function FoundHeading(found: {
  text: string;
  total: number;
  isCapped: boolean;
  isGuess: boolean;
  isPartial: boolean;
}) {
  const t = useTranslations("shop.search");
  const { text, total: count } = found;
  const more = found.isCapped ? "+" : "";
  if (!text) return <h2>{t("found", { count, more })}</h2>;
  if (found.isPartial) return <h2>{t("nothingFor", { text })}</h2>;
  return <h2>{t(found.isGuess ? "perhaps" : "foundFor", { count, more, text })}</h2>;
}
