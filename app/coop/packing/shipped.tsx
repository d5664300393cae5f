import { useTranslations } from "use-intl";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { useWords } from "./words.ts";

/** Under which number a parcel went out, and what stood there before it was put right. */
export function Shipped({ parcel }: { parcel: ReadParcel }) {
  const t = useTranslations("coop");
  const words = useWords();
  const carrier = (code: string | null) => t(`carrier.${(code ?? "other") as "other"}`);
  return (
    <>
      <p className="text-lg font-bold">
        {carrier(parcel.carrier)} <span className="tabular-nums">{parcel.trackingNumber}</span>
      </p>
      {parcel.corrections.length > 0 && (
        <ul className="text-sm text-earth">
          {parcel.corrections.map((was) => (
            <li key={String(was.occurredAt)}>
              {t("correction.was", {
                when: formatDateTime(was.occurredAt, words.locale),
                carrier: carrier(was.formerCarrier),
                number: was.formerTrackingNumber,
              })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
