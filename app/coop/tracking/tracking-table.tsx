import { useTranslations } from "use-intl";
import { isTaken, isWrong, type JudgedRow } from "#app/domain/parcels/tracking/verdicts.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { Badge } from "#app/ui/layout.tsx";

/** Lines of a table of tracking numbers: what each says, and what comes of it or why it cannot. */
export function TrackingTable({ caption, rows }: { caption: string; rows: JudgedRow[] }) {
  const t = useTranslations("packing.tracking");
  const carriers = useTranslations("coop.carrier");
  const tone = (row: JudgedRow) => (isWrong(row) ? "red" : isTaken(row) ? "leaf" : "earth");
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => String(row.line)}
      columns={[
        { label: t("line"), isNumber: true, cell: (row) => row.line },
        {
          label: t("order"),
          cell: ({ parcel, orderNumber, said }) =>
            parcel ? (
              <>
                <a className="tabular-nums" href={`/coop/parcels/${parcel.id}`}>
                  {orderNumber}
                </a>
                <span className="block text-sm text-earth">{parcel.recipient}</span>
              </>
            ) : (
              <span className="wrap-anywhere">{said.order || "—"}</span>
            ),
        },
        {
          label: t("shipment"),
          cell: ({ carrier, said }) => (
            <span className="wrap-anywhere tabular-nums">
              {carrier ? carriers(carrier) : said.carrier || "—"} {said.number}
            </span>
          ),
        },
        {
          label: t("outcome"),
          cell: (row) => <Badge tone={tone(row)}>{t(`verdict.${row.verdict}`)}</Badge>,
        },
      ]}
    />
  );
}
