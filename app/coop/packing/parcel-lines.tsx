import { useTranslations } from "use-intl";
import type { ParcelLine } from "#app/domain/parcels/read-parcel-lines.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { ShipsFrom } from "#app/ui/ships-from.tsx";
import { InsteadNote } from "./instead-note.tsx";
import { useWords } from "./words.ts";

/** Each line with the households whose lots provide it, and what each of them gets. */
export function ParcelLines({ lines }: { lines: ParcelLine[] }) {
  const t = useTranslations("coop.parcel");
  const short = useTranslations("packing.short");
  const words = useWords();
  return lines.map((line) => (
    <div key={line.id} className="stack">
      <h3 className="flex flex-wrap justify-between gap-x-4 text-lg">
        <span>{words.graded(line)}</span> <span>{words.quantity(line)}</span>
      </h3>
      {line.toSend < line.quantity && (
        <p>
          <Badge tone="red">{short("less", { count: line.quantity - line.toSend })}</Badge>
        </p>
      )}
      <InsteadNote line={line} />
      <ShipsFrom day={line.shipsFrom} />
      <DataTable
        caption={t("households", { title: words.title(line) })}
        rows={line.sources}
        rowKey={(source) => `${source.reliefCode} ${source.harvestedOn}`}
        columns={[
          {
            label: t("fromHousehold"),
            cell: (source) => (
              <>
                {words.household(source)}
                <span className="block text-sm text-earth">
                  {words.alias(source)} · {t("harvested", { date: words.date(source.harvestedOn) })}
                </span>
              </>
            ),
          },
          { label: t("reliefAccount"), cell: (source) => source.reliefCode },
          { label: t("quantity"), isNumber: true, cell: (source) => source.quantity },
          { label: t("earns"), isNumber: true, cell: (source) => <Money fen={source.fen} /> },
        ]}
      />
      <p className="text-sm text-earth">{t("fee", { fee: formatFen(line.feeFen) })}</p>
    </div>
  ));
}
