import { useTranslations } from "use-intl";
import { carriers } from "#app/domain/parcels/carriers.ts";
import { filterQuery, type ParcelFilter } from "#app/domain/parcels/parcel-filter.ts";
import { Button } from "#app/ui/button.tsx";
import { useWords } from "./words.ts";

type Props = {
  filter: ParcelFilter;
  /** Today and yesterday in Shanghai: most often one of them is meant. */
  days: { today: string; yesterday: string };
  /** The page with what else it says, and `?` in it. */
  href: string;
  /** Whether parcels here can have a carrier at all. */
  hasCarriers: boolean;
};

/** Which day's and which carrier's parcels are shown; what is chosen stands in the address. */
export function FilterForm({ filter, days, href, hasCarriers }: Props) {
  const t = useTranslations("packing.filter");
  const carrierName = useTranslations("coop.carrier");
  const words = useWords();
  const [action, query] = href.split("?");
  const isFiltered = filter.day !== null || filter.carrier !== null;
  const what = [filter.day && words.date(filter.day), filter.carrier && carrierName(filter.carrier)]
    .filter(Boolean)
    .join(" · ");
  const chip = (day: string | null, label: string) => (
    <a
      href={`${href}${filterQuery({ ...filter, day })}`}
      aria-current={filter.day === day ? "true" : undefined}
    >
      {label}
    </a>
  );
  return (
    <div className="no-print stack">
      <nav className="tabs" aria-label={t("day")}>
        {chip(null, t("anyDay"))}
        {chip(days.today, t("today"))}
        {chip(days.yesterday, t("yesterday"))}
      </nav>
      <details>
        <summary className="min-h-11">{isFiltered ? t("now", { what }) : t("title")}</summary>
        <form method="get" action={action} className="flex flex-wrap items-end gap-3">
          {[...new URLSearchParams(query)].map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <label className="grow basis-40">
            <span className="label">{t("day")}</span>
            <input type="date" name="day" className="input" defaultValue={filter.day ?? ""} />
          </label>
          {hasCarriers && (
            <label className="grow basis-40">
              <span className="label">{t("carrier")}</span>
              <select name="carrier" className="input" defaultValue={filter.carrier ?? ""}>
                <option value="">{t("anyCarrier")}</option>
                {carriers.map((code) => (
                  <option key={code} value={code}>
                    {carrierName(code)}
                  </option>
                ))}
              </select>
            </label>
          )}
          <Button variant="quiet">{t("show")}</Button>
          {isFiltered && (
            <a className="inline-flex min-h-11 min-w-11 items-center" href={href}>
              {t("clear")}
            </a>
          )}
        </form>
      </details>
    </div>
  );
}
