import { useTranslations } from "use-intl";
import { filterQuery, type ParcelFilter } from "#app/domain/parcels/parcel-filter.ts";
import { hereStatuses } from "#app/domain/parcels/parcel-states.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { useWords } from "./words.ts";

/** By what a day's goods are listed. */
export const views = ["parcel", "product", "household"] as const;

const names = {
  parcel: "byParcel",
  product: "byProduct",
  household: "byHousehold",
} as const;

type HereStatus = (typeof hereStatuses)[number];
type Props = {
  by: (typeof views)[number];
  status: HereStatus;
  filter: ParcelFilter;
  counts: Record<HereStatus, number>;
};

/** Which column is listed, and by what; nothing of it is printed. */
export function ListTabs({ by, status, filter, counts }: Props) {
  const t = useTranslations("packing.list");
  const title = useTranslations("coop.packingList")("title");
  const words = useWords();
  const only = filterQuery(filter);
  const slim = "max-md:px-2.5 max-md:text-[0.9375rem]";
  return (
    <>
      <nav className="tabs no-print" aria-label={title}>
        {hereStatuses.map((column) => (
          <a
            key={column}
            href={`/coop/packing-list?state=${column}&by=${by}${only}`}
            className={slim}
            aria-current={column === status ? "page" : undefined}
          >
            {words.parcelStatus(column)} {counts[column]}
          </a>
        ))}
      </nav>
      <nav className="tabs no-print" aria-label={t("views")}>
        {views.map((view) => (
          <a
            key={view}
            href={`/coop/packing-list?state=${status}&by=${view}${only}`}
            className={slim}
            aria-current={view === by ? "page" : undefined}
          >
            {t(names[view])}
          </a>
        ))}
      </nav>
    </>
  );
}

/** How to print it, a button where a script can, and the way to the labels of the same parcels. */
export function PrintBar({ labels }: { labels: string }) {
  const t = useTranslations("coop.packingList");
  const label = useTranslations("trace.label");
  return (
    <div className="no-print">
      <p>{t("howToPrint")}</p>
      <span className="mt-2 flex flex-wrap gap-2">
        <span data-print hidden>
          <Button type="button">{t("print")}</Button>
        </span>
        <ButtonLink variant="quiet" href={`/coop/packing-list/labels?${labels}`}>
          {label("open")}
        </ButtonLink>
      </span>
    </div>
  );
}
