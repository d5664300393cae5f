import { useTranslations } from "use-intl";
import type { ReserveMove } from "#app/domain/reserves/read-move.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

type List = NonNullable<ReserveMove["counted"]>["added"];

/** The orders that it is kept for since, or no longer, and how much for each. */
export function OrderTable({
  of,
  list,
  rights,
}: {
  of: "added" | "dropped";
  list: List;
  rights: readonly string[];
}) {
  const t = useTranslations("reserve.move");
  if (list.count === 0) return null;
  const beyond = list.count - list.orders.length;
  return (
    <Card title={t(of, { count: list.count, fen: formatFen(list.fen) })}>
      <DataTable
        caption={t(of, { count: list.count, fen: formatFen(list.fen) })}
        rows={list.orders}
        rowKey={(row) => row.number}
        columns={[
          {
            label: t("order"),
            cell: (row) =>
              rights.includes("pack") ? (
                <RowLink href={`/coop/parcels/${row.parcelId}`}>{row.number}</RowLink>
              ) : (
                <strong className="tabular-nums">{row.number}</strong>
              ),
          },
          { label: t("share"), isNumber: true, cell: (row) => <Money fen={row.fen} /> },
        ]}
      />
      {beyond > 0 && <p className="hint">{t("beyond", { count: beyond })}</p>}
    </Card>
  );
}
