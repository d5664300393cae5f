import { useTranslations } from "use-intl";
import type { ListedParcel } from "#app/domain/parcels/list-parcels.ts";
import { isBoxOpen } from "#app/domain/parcels/parcel-states.ts";
import { unitsToSend } from "#app/domain/parcels/units-to-send.ts";

/** For when the box does not hold what was sold. */
export function ShortLinks({ parcel }: { parcel: Pick<ListedParcel, "id" | "status" | "lines"> }) {
  const parcelId = parcel.id;
  const t = useTranslations("packing");
  const substitutes = useTranslations("substitutes");
  const link = "inline-flex min-h-11 min-w-11 items-center";
  return (
    <p className="flex flex-wrap gap-x-6">
      <a className={link} href={`/coop/parcels/${parcelId}/shortages`}>
        {t("short.open")}
      </a>
      <a className={link} href={`/coop/parcels/${parcelId}/weights`}>
        {t("weight.open")}
      </a>
      {isBoxOpen(parcel.status) && (
        <a className={link} href={`/coop/parcels/${parcelId}/substitute`}>
          {substitutes("open")}
        </a>
      )}
      {unitsToSend(parcel.lines) > 1 && (
        <a className={link} href={`/coop/parcels/${parcelId}/split`}>
          {t("split.open")}
        </a>
      )}
    </p>
  );
}
