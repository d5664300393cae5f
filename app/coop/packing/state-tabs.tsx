import { useTranslations } from "use-intl";
import { EVERYTHING, filterQuery, type ParcelFilter } from "#app/domain/parcels/parcel-filter.ts";
import {
  isOpen,
  type OpenParcelStatus,
  type ParcelStatus,
  parcelStatuses,
} from "#app/domain/parcels/parcel-states.ts";

/** The board's columns, with how many parcels stand in each in which something is to be done. */
export function StateTabs({
  counts,
  current,
  filter = EVERYTHING,
}: {
  counts: Record<OpenParcelStatus, number>;
  current?: ParcelStatus;
  filter?: ParcelFilter;
}) {
  const t = useTranslations("coop.board");
  const words = useTranslations("words.parcelStatus");
  return (
    <nav className="tabs" aria-label={t("states")}>
      {parcelStatuses.map((status) => (
        <a
          key={status}
          className="max-md:px-2.5 max-md:text-[0.9375rem]"
          href={`/coop/parcels?state=${status}${filterQuery(filter)}`}
          aria-current={status === current ? "page" : undefined}
        >
          {words(status)} {isOpen(status) && counts[status]}
        </a>
      ))}
    </nav>
  );
}
