import { useTranslations } from "use-intl";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import { Notice } from "#app/ui/layout.tsx";
import { useWords } from "../packing/words.ts";

/** The parcel in the hand: to be compared with the box, or what was just done with it. */
export function ScannedParcel({ parcel, isDone }: { parcel: ReadParcel; isDone?: boolean }) {
  const t = useTranslations("packing.scan");
  const carrier = useTranslations("coop.carrier");
  const words = useWords();
  const { orderNumber: number, shipTo, status } = parcel;
  const said = status === "shipped" ? t("shipped", { number }) : t("packed", { number });
  const title = isDone ? said : t("for", { number, recipient: shipTo.recipient });
  return (
    <Notice tone={isDone ? "leaf" : "earth"} role={isDone ? "status" : undefined} title={title}>
      {parcel.trackingNumber && (
        <p className="tabular-nums">
          {carrier((parcel.carrier ?? "other") as "other")} {parcel.trackingNumber}
        </p>
      )}
      <ul>
        {parcel.lines.map((line) => (
          <li key={line.id}>
            {words.graded(line)}{" "}
            <strong>{words.quantity({ ...line, quantity: line.toSend })}</strong>
          </li>
        ))}
      </ul>
      <a className="inline-flex min-h-11 min-w-11 items-center" href={`/coop/parcels/${parcel.id}`}>
        {t("see")}
      </a>
    </Notice>
  );
}
