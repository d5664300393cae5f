import { useTranslations } from "use-intl";
import { type ParcelStatus, parcelStatuses } from "#app/domain/parcels/parcel-states.ts";

/** The board's columns with how many parcels stand in each; "cancelled" only when there are any. */
export function StateTabs({
  counts,
  current,
}: {
  counts: Record<ParcelStatus, number>;
  current?: ParcelStatus;
}) {
  const t = useTranslations("coop.board");
  const words = useTranslations("words.parcelStatus");
  const shown = parcelStatuses.filter(
    (status) => status !== "cancelled" || counts.cancelled > 0 || current === "cancelled",
  );
  return (
    <nav className="tabs" aria-label={t("states")}>
      {shown.map((status) => (
        <a
          key={status}
          className="max-md:px-2.5 max-md:text-[0.9375rem]"
          href={`/coop/parcels?state=${status}`}
          aria-current={status === current ? "page" : undefined}
        >
          {words(status)} {counts[status]}
        </a>
      ))}
    </nav>
  );
}
