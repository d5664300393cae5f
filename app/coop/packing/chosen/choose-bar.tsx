import { useTranslations } from "use-intl";
import type { ParcelFilter } from "#app/domain/parcels/parcel-filter.ts";
import { hereStatuses, type ParcelStatus } from "#app/domain/parcels/parcel-states.ts";
import { Button } from "#app/ui/button.tsx";
import { eventOf } from "./deeds.ts";
import { type ShownParcel, sayShown } from "./shown.ts";

/** What can be done with the chosen parcels of a column: its step, their numbers, their papers. */
export function ChooseBar({
  status,
  filter,
  parcels,
}: {
  status: ParcelStatus;
  filter: ParcelFilter;
  parcels: readonly ShownParcel[];
}) {
  const t = useTranslations("chosen.parcels");
  const event = eventOf[status];
  const isInHouse = hereStatuses.some((here) => here === status);
  return (
    <form
      id="chosen"
      method="get"
      action="/coop/packing-list/labels"
      className="card stack no-print"
    >
      <h2 className="text-lg">{t("bar")}</h2>
      <input type="hidden" name="state" value={status} />
      {filter.day && <input type="hidden" name="day" value={filter.day} />}
      {filter.carrier && <input type="hidden" name="carrier" value={filter.carrier} />}
      {event === "pack" && <input type="hidden" name="shown" value={sayShown(parcels)} />}
      <div className="flex flex-wrap gap-2">
        {event && (
          <Button formMethod="post" formAction="/coop/parcels/chosen" name="deed" value={event}>
            {t(`deed.${event}`)}
          </Button>
        )}
        {status === "packed" && (
          <Button formAction="/coop/parcels/chosen/shipment">{t("deed.ship")}</Button>
        )}
        {isInHouse && (
          <>
            <Button variant="quiet" formAction="/coop/packing-list">
              {t("deed.list")}
            </Button>
            <Button variant="quiet">{t("deed.labels")}</Button>
          </>
        )}
      </div>
      <p className="hint">{t(isInHouse ? "barHint" : "shippedHint")}</p>
    </form>
  );
}
