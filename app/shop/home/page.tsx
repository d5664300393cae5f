import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { readCountyCards, readNewestCards } from "#app/domain/listings/read-cards.ts";
import { readSellingCounties, readShelves } from "#app/domain/listings/read-shelves.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { SearchBox } from "#app/ui/search-box.tsx";
import { ListingCards } from "../listing-card.tsx";
import { cropsInSeason } from "./crops-in-season.ts";

const NEWEST = 12;
const COUNTIES = 3;
const CARDS_A_COUNTY = 4;

export const handle = { area: "shop" };

export async function loader({ context }: LoaderFunctionArgs) {
  const { db, locale } = context;
  const [newest, countyCards, shelves, counties] = await Promise.all([
    readNewestCards(db, locale, NEWEST),
    readCountyCards(db, locale, { counties: COUNTIES, each: CARDS_A_COUNTY }),
    readShelves(db, locale),
    readSellingCounties(db, locale),
  ]);
  const t = translator(locale, "shop");
  const sections = [...new Set(countyCards.map((card) => card.regionCode.slice(0, 6)))].map(
    (code) => ({
      county: counties.find((county) => county.code === code),
      cards: countyCards.filter((card) => card.regionCode.startsWith(code)),
    }),
  );
  return {
    title: t("title"),
    description: t("home.description"),
    newest,
    shelves: shelves.map(({ code, name }) => ({ code, name })),
    inSeason: cropsInSeason(shelves, new Date()),
    sections,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.title },
  { name: "description", content: data?.description },
];

export default function Home() {
  const { newest, shelves, inSeason, sections } = useLoaderData<typeof loader>();
  const t = useTranslations("shop.home");
  const search = useTranslations("shop.search");
  return (
    <>
      <div className="hero">
        <PageTitle>{t("heading")}</PageTitle>
        <p>{t("promise")}</p>
        <SearchBox example={search("placeholder")} />
        {inSeason.length > 0 && (
          <p className="words one-row">
            <span>{t("inSeason")}</span>
            {inSeason.map(({ code, name }) => (
              <a key={code} href={`/search?category=${code}`}>
                {name}
              </a>
            ))}
          </p>
        )}
      </div>
      <nav aria-label={t("categories")} className="tabs one-row">
        {shelves.map(({ code, name }) => (
          <a key={code} href={`/search?category=${code}`}>
            {name}
          </a>
        ))}
      </nav>
      {newest.length === 0 && <EmptyState title={t("nothingYet")} />}
      {newest.length > 0 && (
        <section className="shelf" aria-labelledby="newest">
          <h2 id="newest">{t("newest")}</h2>
          <ListingCards cards={newest} eagerFirst />
          <ButtonLink variant="quiet" href="/search?sort=newest">
            {t("seeAll")}
          </ButtonLink>
        </section>
      )}
      {sections.map(
        ({ county, cards }) =>
          county && (
            <section className="shelf" key={county.code} aria-labelledby={`c${county.code}`}>
              <h2 id={`c${county.code}`}>
                {county.name} <small>{county.province}</small>
              </h2>
              <ListingCards cards={cards} />
              <ButtonLink variant="quiet" href={`/search?region=${county.code}`}>
                {t("seeCounty", { county: county.name, count: county.listings })}
              </ButtonLink>
            </section>
          ),
      )}
    </>
  );
}
