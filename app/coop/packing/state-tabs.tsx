import { useTranslations } from "use-intl";
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
}: {
  counts: Record<OpenParcelStatus, number>;
  current?: ParcelStatus;
}) {
  const t = useTranslations("coop.board");
  const words = useTranslations("words.parcelStatus");
  return (
    <nav className="tabs" aria-label={t("states")}>
      {parcelStatuses.map((status) => (
        <a
          key={status}
          className="max-md:px-2.5 max-md:text-[0.9375rem]"
          href={`/coop/parcels?state=${status}`}
          aria-current={status === current ? "page" : undefined}
        >
          {words(status)} {isOpen(status) && counts[status]}
        </a>
      ))}
    </nav>
  );
}
