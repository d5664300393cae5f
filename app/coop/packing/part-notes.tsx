import { useTranslations } from "use-intl";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { ListedParcel } from "#app/domain/parcels/list-parcels.ts";
import { hasLeft } from "#app/domain/parcels/parcel-states.ts";
import { Badge } from "#app/ui/layout.tsx";
import { useWords } from "./words.ts";

/** Of a parcel that follows another: why, and by when it was promised; in red once that day is over. */
export function RestNote({ parcel }: { parcel: ListedParcel }) {
  const t = useTranslations("packing.split");
  const words = useWords();
  const { rest, status } = parcel;
  if (!rest || status === "cancelled") return null;
  const isComing = !hasLeft(status);
  const isLate = isComing && rest.promisedOn < shanghaiDay(new Date());
  const day = words.date(rest.promisedOn);
  return (
    <p className="text-sm">
      {t("rest", { reason: t(`is.${rest.reason}`) })}{" "}
      {isComing && (
        <Badge tone={isLate ? "red" : "persimmon"}>
          {t(isLate ? "late" : "promised", { day })}
        </Badge>
      )}
    </p>
  );
}

/** The way to the other parcels in which the same order is sent. */
export function OtherParts({ parcel }: { parcel: ListedParcel }) {
  const t = useTranslations("packing.split");
  const words = useWords();
  if (parcel.otherParts.length === 0) return null;
  return (
    <div>
      <p className="label">{t("others")}</p>
      <ul>
        {parcel.otherParts.map(({ id, part, status }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3">
            <a className="inline-flex min-h-11 min-w-11 items-center" href={`/coop/parcels/${id}`}>
              {t("part", { part })}
            </a>
            <span className="text-earth">{words.parcelStatus(status)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
