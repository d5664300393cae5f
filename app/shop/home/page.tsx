import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { readCards, readNewestCards } from "#app/domain/listings/read-cards.ts";
import { readCountySections } from "#app/domain/listings/read-county-sections.ts";
import { readAlmostGoneCards, readSeason } from "#app/domain/listings/read-season.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { SearchBox } from "#app/ui/search-box.tsx";
import { headOf } from "../found/head.ts";
import { shelfPicture } from "../found/shelf-picture.ts";
import { cropsInSeason, seasonSince } from "./crops-in-season.ts";
import { FrontShelf } from "./front-shelf.tsx";
import { HeroDrawing } from "./hero-drawing.tsx";

const NEWEST = 4;
const IN_SEASON = 4;
const ALMOST_GONE = 4;
const COUNTIES = 3;
/** With the way to all of the county's beside them: four tiles. */
const CARDS_A_COUNTY = 3;

export const handle = { area: "shop", enhance: ["search-suggestions"] };

export async function loader({ context }: LoaderFunctionArgs) {
  const { db, locale } = context;
  const [newest, crops] = await Promise.all([
    readNewestCards(db, locale, NEWEST),
    readSeason(db, locale, seasonSince(new Date())),
  ]);
  const shown = new Set(newest.map(({ id }) => id));
  const season = cropsInSeason(crops);
  // One of each crop, and none that stands among the newest already.
  const fresh = season
    .flatMap(({ freshestId: id }) => (id && !shown.has(id) ? [id] : []))
    .slice(0, IN_SEASON);
  for (const id of fresh) shown.add(id);
  const [inSeason, almostGone] = await Promise.all([
    readCards(db, locale, fresh),
    readAlmostGoneCards(db, locale, { limit: ALMOST_GONE, except: [...shown] }),
  ]);
  for (const { id } of almostGone) shown.add(id);
  const sections = await readCountySections(db, locale, {
    ...{ counties: COUNTIES, each: CARDS_A_COUNTY },
    except: [...shown],
  });
  const t = translator(locale, "shop");
  const head = [
    ...headOf(context, {
      ...{ path: "/", title: t("title"), description: t("home.description") },
      ...shelfPicture([...inSeason, ...newest]),
    }),
  ];
  const groups = [...new Map(crops.map(({ group }) => [group.code, group])).values()];
  const seasonLinks = season.map(({ code, name }) => ({ code, name }));
  return { head, newest, groups, seasonLinks, inSeason, almostGone, sections };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => data?.head ?? [];

export default function Home() {
  const { newest, groups, seasonLinks, inSeason, almostGone, sections } =
    useLoaderData<typeof loader>();
  const t = useTranslations("shop.home");
  const front = useTranslations("shopShelves.front");
  const search = useTranslations("shop.search");
  return (
    <>
      <div className="hero">
        <HeroDrawing />
        <PageTitle>{t("heading")}</PageTitle>
        <p>{t("promise")}</p>
        <SearchBox example={search("placeholder")} />
        {seasonLinks.length > 0 && (
          <p className="words one-row">
            <span>{t("inSeason")}</span>
            {seasonLinks.map(({ code, name }) => (
              <a key={code} href={`/categories/${code}`}>
                {name}
              </a>
            ))}
          </p>
        )}
      </div>
      <nav aria-label={t("categories")} className="tabs one-row">
        {groups.map(({ code, name }) => (
          <a key={code} href={`/categories/${code}`}>
            {name}
          </a>
        ))}
      </nav>
      {newest.length === 0 && <EmptyState title={t("nothingYet")} />}
      <FrontShelf
        id="newest"
        title={t("newest")}
        cards={newest}
        eagerFirst
        more={
          <ButtonLink variant="quiet" href="/search?sort=newest">
            {t("seeAll")}
          </ButtonLink>
        }
      />
      <FrontShelf id="season" title={front("inSeason")} cards={inSeason} />
      <FrontShelf id="last" title={front("almostGone")} cards={almostGone} />
      {sections.map(({ code, name, province, cards }) => (
        <FrontShelf
          key={code}
          id={`c${code}`}
          title={
            <>
              {name} <small>{province}</small>
            </>
          }
          cards={cards}
          more={
            <ButtonLink variant="quiet" href={`/counties/${code}`}>
              {front("seeCounty", { county: name })}
            </ButtonLink>
          }
        />
      ))}
    </>
  );
}
