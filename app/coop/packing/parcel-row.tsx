import { useTranslations } from "use-intl";
import type { countTicked } from "#app/domain/parcels/count-ticked.ts";
import type { ListedParcel } from "#app/domain/parcels/list-parcels.ts";
import type { ParcelFilter } from "#app/domain/parcels/parcel-filter.ts";
import { isBoxOpen } from "#app/domain/parcels/parcel-states.ts";
import { ChooseBox, type Choosing } from "#app/ui/choose-row.tsx";
import { RowLink } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { ShipsFrom } from "#app/ui/ships-from.tsx";
import { InsteadNote } from "./instead-note.tsx";
import { RestNote } from "./part-notes.tsx";
import { StepButton } from "./step-button.tsx";
import { useWords } from "./words.ts";

/** A parcel of the board: on a phone from top to bottom, on a PC in one row. */
export function ParcelRow({
  parcel,
  filter,
  inBox,
  choosing,
}: {
  parcel: ListedParcel;
  filter: ParcelFilter;
  /** How many of its lines are in the box. */
  inBox: ReturnType<typeof countTicked> | undefined;
  /** Where it can be chosen for something that is done with several. */
  choosing?: Choosing;
}) {
  const ticks = useTranslations("packing.ticks");
  const t = useTranslations("coop.board");
  const choose = useTranslations("chosen");
  const carrier = useTranslations("coop.carrier");
  const words = useWords();
  const { shipTo, status } = parcel;
  const hasStep = status !== "delivered" && status !== "cancelled";
  return (
    <li className="grid gap-x-6 gap-y-1 py-4 lg:grid-cols-[14rem_minmax(0,1fr)_12rem_12rem_auto] lg:py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 lg:block">
        <span className="flex items-center gap-1">
          {choosing && (
            <ChooseBox
              {...{ ...choosing, name: "parcel", value: parcel.id }}
              label={choose("row", { what: parcel.orderNumber })}
            />
          )}
          <RowLink href={`/coop/parcels/${parcel.id}`}>{parcel.orderNumber}</RowLink>
        </span>
        <p className="text-sm text-earth">
          <span className="sr-only">{t("paidAt")} </span>
          {formatDateTime(parcel.paidAt, words.locale)}
        </p>
        {isBoxOpen(status) && inBox && inBox.ticked > 0 && (
          <Badge tone="leaf">{ticks("done", inBox)}</Badge>
        )}
        <RestNote parcel={parcel} />
      </div>
      <ul>
        {parcel.lines.map((line) => (
          <li key={line.id} className="flex flex-wrap justify-between gap-x-3 lg:justify-start">
            <span>{words.title(line)}</span>
            <strong className="whitespace-nowrap">
              {words.quantity({ ...line, quantity: line.toSend })}
            </strong>
            <ShipsFrom day={line.shipsFrom} />
            <div className="w-full empty:hidden">
              <InsteadNote line={line} />
            </div>
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap justify-between gap-x-3 lg:block">
        <span className="sr-only">{t("recipient")} </span>
        <span>{shipTo.recipient}</span>
        <span className="text-sm text-earth lg:block">{words.region(shipTo)}</span>
      </p>
      <p className="flex flex-wrap-reverse justify-between gap-x-3 text-sm text-earth lg:block">
        {parcel.carrier && (
          <span className="lg:block">
            {carrier(parcel.carrier as "other")}{" "}
            <span className="tabular-nums">{parcel.trackingNumber}</span>
          </span>
        )}
        <span>
          {t("weight")} {words.grams(parcel.weightGrams)}
        </span>
      </p>
      {hasStep && (
        <div className="mt-2 lg:mt-0 lg:justify-self-end">
          <StepButton parcel={parcel} from="board" filter={filter} />
        </div>
      )}
    </li>
  );
}
