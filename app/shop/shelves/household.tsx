import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { readPublicHousehold } from "#app/domain/households/read-public-household.ts";
import { readShelfCards } from "#app/domain/listings/read-shelf-cards.ts";
import { readHouseholdAverage } from "#app/domain/reviews/read-rating.ts";
import { translator } from "#app/i18n/translate.ts";
import { closeDots, formatMonth } from "#app/ui/format.ts";
import { Facts, PageTitle } from "#app/ui/layout.tsx";
import { householdPath } from "../household-path.ts";
import { Path } from "../path.tsx";
import { notFound, pageOf } from "./page-of.ts";
import { ShelfCards } from "./shelf.tsx";

export const handle = { area: "shop", enhance: ["search-suggestions"] };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { db, locale } = context;
  const found = (await readPublicHousehold(db, locale, params.alias ?? "")) ?? notFound();
  const { id: householdId, alias, pageName, ...household } = found;
  const asked = pageOf(request);
  const [page, rating] = await Promise.all([
    readShelfCards(db, locale, { householdId }, asked),
    readHouseholdAverage(db, householdId),
  ]);
  const t = translator(locale, "shopShelves");
  const name = closeDots(alias);
  const href = householdPath(pageName);
  const crumbs = [
    { href: "/", name: t("home") },
    { href: `/counties/${household.county.code}`, name: household.county.name },
    { href, name },
  ];
  // A county may know its own people by less than a name: search engines are asked to keep out.
  const head = [{ title: t("household.title", { name }) }, { name: "robots", content: "noindex" }];
  return { head, name, href, household, rating, crumbs, page, isOlder: asked.before !== null };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => data?.head ?? [];

export default function HouseholdPage() {
  const { name, href, household, rating, crumbs, page, isOlder } = useLoaderData<typeof loader>();
  const t = useTranslations("shopShelves.household");
  const reviews = useTranslations("reviews");
  const { county, cooperative } = household;
  const locale = useLocale();
  return (
    <>
      <Path crumbs={crumbs} />
      <PageTitle>{name}</PageTitle>
      <div className="card">
        <Facts
          items={[
            [t("village"), t("place", { village: household.village, county: county.name })],
            [t("since"), formatMonth(household.sellingSince, locale)],
            [
              t("cooperative"),
              <a key="cooperative" className="way" href={`/cooperatives/${cooperative.slug}`}>
                {cooperative.name}
              </a>,
            ],
            ...(rating ? [[reviews("rated"), reviews("averageAtLeast", rating)] as const] : []),
          ]}
        />
        <p className="hint mt-3">{t("alias")}</p>
      </div>
      <ShelfCards title={t("sells")} href={href} page={page} isOlder={isOlder} />
    </>
  );
}
