import { useTranslations } from "use-intl";
import { stoppedOrderStatuses } from "#app/domain/parcels/paid-orders.ts";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import { Button } from "#app/ui/button.tsx";
import { Notice } from "#app/ui/layout.tsx";
import { ShipmentForm } from "./shipment-form.tsx";
import { Shipped } from "./shipped.tsx";
import { ShownUnits } from "./shown-units.tsx";
import { StepButton, waitsForBuyer } from "./step-button.tsx";
import { useWords } from "./words.ts";

/** What is to be done with a parcel now, or why nothing is. */
export function NextStep({ parcel }: { parcel: ReadParcel }) {
  const t = useTranslations("coop.parcel");
  const words = useWords();
  const { status, orderStatus } = parcel;
  const isStopped = stoppedOrderStatuses.includes(orderStatus);
  if (status === "delivered") {
    return (
      <>
        <p>{t("done")}</p>
        <Sent parcel={parcel} />
      </>
    );
  }
  if (status === "cancelled") {
    const note = parcel.events.find((event) => event.kind === "cancelled")?.note;
    return (
      <>
        <p>{t("cancelled")}</p>
        {note && <p>{t("cancelNote", { note })}</p>}
      </>
    );
  }
  if (isStopped && status !== "shipped") {
    const title = t("stopped", { state: words.orderStatus(orderStatus) });
    return (
      <Notice tone="red" title={title}>
        {t("stoppedHint")}
      </Notice>
    );
  }
  if (status === "packed") {
    return (
      <ShipmentForm action={`/coop/parcels/${parcel.id}/shipment`}>
        <ShownUnits lines={parcel.lines} />
        <Button variant="buy">{t("ship")}</Button>
      </ShipmentForm>
    );
  }
  const hint = { waiting: "acceptHint", accepted: "packHint", shipped: "deliverHint" } as const;
  return (
    <>
      {isStopped && (
        <Notice tone="red">{t("orderNow", { state: words.orderStatus(orderStatus) })}</Notice>
      )}
      {status === "shipped" && <Sent parcel={parcel} />}
      <div>
        <StepButton parcel={parcel} from="parcel" />
        {!waitsForBuyer(parcel) && <p className="hint mt-1">{t(hint[status])}</p>}
      </div>
    </>
  );
}

/** How it was sent, and the way to put a wrong number right. */
function Sent({ parcel }: { parcel: ReadParcel }) {
  const t = useTranslations("coop.correction");
  if (!parcel.trackingNumber) return null;
  return (
    <div className="rounded-xl bg-paper px-4 py-2">
      <Shipped parcel={parcel} />
      <a
        className="inline-flex min-h-11 min-w-11 items-center"
        href={`/coop/parcels/${parcel.id}/correction`}
      >
        {t("open")}
      </a>
    </div>
  );
}
