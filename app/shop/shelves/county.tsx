import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { readOfferedCrops } from "#app/domain/listings/read-offered-crops.ts";
import { readShelfCards } from "#app/domain/listings/read-shelf-cards.ts";
import { readCounty } from "#app/domain/regions/read-county.ts";
import { translator } from "#app/i18n/translate.ts";
import { Card, Facts, PageTitle } from "#app/ui/layout.tsx";
import { headOf } from "../found/head.ts";
import { shelfPicture } from "../found/shelf-picture.ts";
import { Path } from "../path.tsx";
import { notFound, pageOf, pathOf } from "./page-of.ts";
import { ShelfCards } from "./shelf.tsx";

export const handle = { area: "shop", enhance: ["search-suggestions"] };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { db, locale } = context;
  const county = (await readCounty(db, locale, params.code ?? "")) ?? notFound();
  const { code, name, province } = county;
  const asked = pageOf(request);
  const [page, crops] = await Promise.all([
    readShelfCards(db, locale, { county: code }, asked),
    readOfferedCrops(db, locale, { county: code }),
  ]);
  const t = translator(locale, "shopShelves");
  const crumbs = [
    { href: "/", name: t("home") },
    { href: `/counties/${code}`, name },
  ];
  const head = headOf(context, {
    path: pathOf(`/counties/${code}`, asked.before),
    title: t("county.title", { name, province }),
    description: t("county.description", { name, province }),
    crumbs,
    ...shelfPicture(page.cards),
  });
  return { head, county, crumbs, crops, page, isOlder: asked.before !== null };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => data?.head ?? [];

export default function CountyPage() {
  const { county, crumbs, crops, page, isOlder } = useLoaderData<typeof loader>();
  const t = useTranslations("shopShelves");
  const locale = useLocale();
  const { code, name, province, villages, cooperatives } = county;
  return (
    <>
      <Path crumbs={crumbs} />
      <PageTitle>
        {name} <small className="text-base font-normal text-earth">{province}</small>
      </PageTitle>
      {crops.length > 0 && (
        <nav aria-label={t("county.grows")} className="tabs one-row">
          {crops.map((crop) => (
            <a key={crop.code} href={`/search?category=${crop.code}&region=${code}`}>
              {crop.name}
            </a>
          ))}
        </nav>
      )}
      <ShelfCards title={t("newest")} href={`/counties/${code}`} page={page} isOlder={isOlder} />
      <div className="mt-6">
        <Card title={t("county.about", { name })}>
          <Facts
            items={[
              ...(villages.length > 0
                ? [[t("county.villages"), villages.join(locale === "zh" ? "、" : ", ")] as const]
                : []),
              [
                t("county.cooperatives"),
                cooperatives.length === 0
                  ? t("county.none")
                  : cooperatives.map((one) => (
                      <a key={one.slug} className="way" href={`/cooperatives/${one.slug}`}>
                        {one.name}
                      </a>
                    )),
              ],
            ]}
          />
        </Card>
      </div>
    </>
  );
}
