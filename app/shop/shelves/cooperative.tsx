import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { readPublicCooperative } from "#app/domain/cooperatives/read-public-cooperative.ts";
import { readOfferedCrops } from "#app/domain/listings/read-offered-crops.ts";
import { readShelfCards } from "#app/domain/listings/read-shelf-cards.ts";
import { chooseRegion } from "#app/domain/regions/choose-region.ts";
import { readRating } from "#app/domain/reviews/read-rating.ts";
import { translator } from "#app/i18n/translate.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import { headOf } from "../found/head.ts";
import { shelfPicture } from "../found/shelf-picture.ts";
import { Path } from "../path.tsx";
import { CooperativeTerms } from "./cooperative-terms.tsx";
import { notFound, pageOf, pathOf } from "./page-of.ts";
import { ShelfCards } from "./shelf.tsx";

export const handle = { area: "shop", enhance: ["search-suggestions"] };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { db, locale } = context;
  const found = (await readPublicCooperative(db, locale, params.slug ?? "")) ?? notFound();
  const { id: cooperativeId, ...cooperative } = found;
  const { slug, name, county } = cooperative;
  const asked = pageOf(request);
  const [page, crops, rating, { provinces }] = await Promise.all([
    readShelfCards(db, locale, { cooperativeId }, asked),
    readOfferedCrops(db, locale, { cooperativeId }),
    readRating(db, "cooperative", cooperativeId),
    chooseRegion(db, {}),
  ]);
  const t = translator(locale, "shopShelves");
  const crumbs = [
    { href: "/", name: t("home") },
    { href: `/counties/${county.code}`, name: county.name },
    { href: `/cooperatives/${slug}`, name },
  ];
  const head = headOf(context, {
    path: pathOf(`/cooperatives/${slug}`, asked.before),
    title: t("cooperative.title", { name }),
    description: t("cooperative.description", { name, county: county.name }),
    crumbs,
    ...shelfPicture(page.cards),
  });
  return {
    head,
    cooperative,
    crumbs,
    crops,
    rating,
    provinces,
    page,
    isOlder: asked.before !== null,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => data?.head ?? [];

export default function CooperativePage() {
  const { cooperative, crumbs, crops, rating, provinces, page, isOlder } =
    useLoaderData<typeof loader>();
  const reviews = useTranslations("reviews");
  const t = useTranslations("shopShelves");
  return (
    <>
      <Path crumbs={crumbs} />
      <PageTitle>{cooperative.name}</PageTitle>
      {rating && (
        <p className="mb-3">
          {reviews.rich("ratedAs", { ...rating, b: (parts) => <b>{parts}</b> })}
        </p>
      )}
      <CooperativeTerms cooperative={cooperative} crops={crops} provinces={provinces} />
      <ShelfCards
        title={t("newest")}
        href={`/cooperatives/${cooperative.slug}`}
        page={page}
        isOlder={isOlder}
      />
    </>
  );
}
