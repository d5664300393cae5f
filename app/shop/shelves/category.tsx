import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { readCategory } from "#app/domain/listings/read-category.ts";
import { readOfferedCrops } from "#app/domain/listings/read-offered-crops.ts";
import { readShelfCards } from "#app/domain/listings/read-shelf-cards.ts";
import { translator } from "#app/i18n/translate.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import { headOf } from "../found/head.ts";
import { shelfPicture } from "../found/shelf-picture.ts";
import { Path } from "../path.tsx";
import { notFound, pageOf, pathOf } from "./page-of.ts";
import { ShelfCards } from "./shelf.tsx";

export const handle = { area: "shop", enhance: ["search-suggestions"] };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { db, locale } = context;
  const category = (await readCategory(db, locale, params.code ?? "")) ?? notFound();
  const { code, name, group } = category;
  const asked = pageOf(request);
  const [page, crops] = await Promise.all([
    readShelfCards(db, locale, { category: code }, asked),
    readOfferedCrops(db, locale, { group: group?.code ?? code }),
  ]);
  const t = translator(locale, "shopShelves");
  const crumbs = [
    { href: "/", name: t("home") },
    ...(group ? [{ href: `/categories/${group.code}`, name: group.name }] : []),
    { href: `/categories/${code}`, name },
  ];
  const head = headOf(context, {
    path: pathOf(`/categories/${code}`, asked.before),
    title: t("category.title", { name }),
    description: t("category.description", { name }),
    crumbs,
    ...shelfPicture(page.cards),
  });
  return { head, category, crumbs, crops, page, isOlder: asked.before !== null };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => data?.head ?? [];

export default function CategoryPage() {
  const { category, crumbs, crops, page, isOlder } = useLoaderData<typeof loader>();
  const t = useTranslations("shopShelves");
  const { code, name } = category;
  return (
    <>
      <Path crumbs={crumbs} />
      <PageTitle>{name}</PageTitle>
      {crops.length > 0 && (
        <nav aria-label={t("category.crops")} className="tabs one-row">
          {crops.map((crop) => (
            <a
              key={crop.code}
              href={`/categories/${crop.code}`}
              aria-current={crop.code === code ? "page" : undefined}
            >
              {crop.name}
            </a>
          ))}
        </nav>
      )}
      <ShelfCards title={t("newest")} href={`/categories/${code}`} page={page} isOlder={isOlder} />
      {page.cards.length > 0 && (
        <p className="words mt-4">
          <a href={`/search?category=${code}&sort=price`}>{t("category.byPrice", { name })}</a>
        </p>
      )}
    </>
  );
}
