import { useTranslations } from "use-intl";
import type { ListedParcel } from "#app/domain/parcels/list-parcels.ts";
import { ShipsFrom } from "#app/ui/ships-from.tsx";
import { Tick } from "./harvest-table.tsx";
import { InsteadNote } from "./instead-note.tsx";
import { RestNote } from "./part-notes.tsx";
import { SaidNotice } from "./said-notice.tsx";
import { ShipAddress } from "./ship-address.tsx";
import { useWords } from "./words.ts";

/** One parcel of the packing list: where it goes and what goes in, with squares to tick. */
export function PackingSlip({ parcel, number }: { parcel: ListedParcel; number: number }) {
  const t = useTranslations("coop.packingList");
  const words = useWords();
  const { shipTo } = parcel;
  return (
    <article className="card break-inside-avoid">
      <h3 className="flex flex-wrap justify-between gap-x-4 text-lg">
        <span>
          {number}. {parcel.orderNumber}
        </span>
        <span className="font-normal">{words.grams(parcel.weightGrams)}</span>
      </h3>
      <p className="mb-2">
        <strong>{shipTo.recipient}</strong> {shipTo.phone}
        <br />
        <ShipAddress to={shipTo} />
      </p>
      <RestNote parcel={parcel} />
      <SaidNotice said={parcel.said} />
      {parcel.lines.map((line) => (
        <div key={line.id} className="border-t border-line py-2">
          <p className="flex flex-wrap items-baseline gap-2 font-bold">
            <Tick label={t("tick")} />
            <span className="flex-1">
              {words.graded(line)} <ShipsFrom day={line.shipsFrom} />
            </span>
            <span className="num">{words.quantity({ ...line, quantity: line.toSend })}</span>
          </p>
          <InsteadNote line={line} />
          <ul className="ps-6">
            {line.sources.map((source) => (
              <li
                key={`${source.reliefCode} ${source.harvestedOn}`}
                className="flex flex-wrap justify-between gap-x-4"
              >
                <span>
                  {words.household(source)} · {source.reliefCode} · {words.date(source.harvestedOn)}
                </span>
                <span className="num">{words.quantity({ ...line, quantity: source.toSend })}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </article>
  );
}
