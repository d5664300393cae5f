import { useTranslations } from "use-intl";
import type { SellingCounty, Shelf } from "#app/domain/listings/read-shelves.ts";
import { Button } from "#app/ui/button.tsx";
import { type OptionGroup, SelectField } from "#app/ui/select-field.tsx";
import { type Asked, searchHref, sorts } from "./asked.ts";

/** Category and place as selects with a button, the order as links: nothing here needs a script. */
export function Filters({
  asked,
  shelves,
  counties,
}: {
  asked: Asked;
  shelves: readonly Pick<Shelf, "code" | "name" | "crops">[];
  counties: readonly SellingCounty[];
}) {
  const t = useTranslations("shop.search");
  const chosen = [asked.category, asked.region].filter(Boolean).length;
  const categories = shelves.map(({ code, name, crops }) => ({
    label: name,
    options: [
      { value: code, label: t("allOf", { name }) },
      ...crops
        .filter((crop) => crop.code !== code)
        .map((crop) => ({ value: crop.code, label: crop.name })),
    ],
  }));
  return (
    <>
      <details className="filters" open={chosen > 0}>
        <summary>{t("filters", { count: chosen })}</summary>
        <form action="/search">
          {asked.text && <input type="hidden" name="q" value={asked.text} />}
          <SelectField
            name="category"
            label={t("category")}
            groups={categories}
            placeholder={t("anyCategory")}
            defaultValue={asked.category}
          />
          <SelectField
            name="region"
            label={t("region")}
            groups={placesOf(counties, (name) => t("allOf", { name }))}
            placeholder={t("anyRegion")}
            defaultValue={asked.region}
          />
          {asked.sort !== "relevance" && <input type="hidden" name="sort" value={asked.sort} />}
          <Button variant="quiet">{t("apply")}</Button>
        </form>
      </details>
      <nav aria-label={t("sort")} className="tabs">
        {sorts.map((sort) => (
          <a
            key={sort}
            href={searchHref(asked, { sort })}
            aria-current={sort === asked.sort ? "true" : undefined}
          >
            {t(`sorts.${sort}`)}
          </a>
        ))}
      </nav>
    </>
  );
}

function placesOf(
  counties: readonly SellingCounty[],
  allOf: (name: string) => string,
): OptionGroup[] {
  const provinces = new Map<string, OptionGroup>();
  for (const { code, name, provinceCode, province } of counties) {
    const group = provinces.get(provinceCode) ?? {
      label: province,
      options: [{ value: provinceCode, label: allOf(province) }],
    };
    group.options.push({ value: code, label: name });
    provinces.set(provinceCode, group);
  }
  return [...provinces.values()];
}
