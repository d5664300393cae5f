import { useTranslations } from "use-intl";
import type { ListedParcel } from "#app/domain/parcels/list-parcels.ts";
import { stoppedOrderStatuses } from "#app/domain/parcels/paid-orders.ts";
import { EVERYTHING, type ParcelFilter } from "#app/domain/parcels/parcel-filter.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Badge } from "#app/ui/layout.tsx";
import { ShownUnits } from "./shown-units.tsx";
import { useWords } from "./words.ts";

const steps = {
  waiting: { path: "acceptance", label: "accept" },
  accepted: { path: "packing", label: "pack" },
  shipped: { path: "delivery", label: "deliver" },
} as const;

type Next = Pick<ListedParcel, "id" | "status" | "orderStatus" | "lines">;

/** Her answer decides what is packed. */
export const waitsForBuyer = ({ status, lines }: Pick<Next, "status" | "lines">) =>
  status === "accepted" && lines.some(({ askedUnits }) => askedUnits !== null);

/** The one thing to do next with a parcel; shipping needs a number and so a form of its own. */
export function StepButton({
  parcel,
  from,
  filter = EVERYTHING,
}: {
  parcel: Next;
  from: "board" | "parcel";
  /** The board's, which it leads back to. */
  filter?: ParcelFilter;
}) {
  const t = useTranslations("coop.parcel");
  const substitutes = useTranslations("substitutes");
  const words = useWords();
  const { id, status, orderStatus } = parcel;
  if (status !== "shipped" && stoppedOrderStatuses.includes(orderStatus)) {
    return <Badge tone="red">{words.orderStatus(orderStatus)}</Badge>;
  }
  if (status === "packed") {
    return <ButtonLink href={`/coop/parcels/${id}/shipment`}>{t("toShip")}</ButtonLink>;
  }
  if (status === "delivered" || status === "cancelled") return null;
  if (waitsForBuyer(parcel)) {
    return <p className="hint">{substitutes("packLater")}</p>;
  }
  const step = steps[status];
  return (
    <form method="post" action={`/coop/parcels/${id}/${step.path}`}>
      <input type="hidden" name="from" value={from} />
      {status === "accepted" && <ShownUnits lines={parcel.lines} />}
      {filter.day && <input type="hidden" name="day" value={filter.day} />}
      {filter.carrier && <input type="hidden" name="carrier" value={filter.carrier} />}
      <Button>{t(step.label)}</Button>
    </form>
  );
}
