import { useTranslations } from "use-intl";
import { columnsOf, type ImportColumn, type ImportKind } from "#app/domain/imports/columns.ts";
import type { Fault } from "#app/domain/imports/faults.ts";
import { DataTable } from "#app/ui/data-table.tsx";

type Line = { line: number; said: Partial<Record<ImportColumn, string>>; faults: Fault[] };

/** Lines as they stand in the file, and in each cell what is wrong with it. */
export function LinesTable({
  caption,
  kind,
  rows,
}: {
  caption: string;
  kind: ImportKind;
  rows: Line[];
}) {
  const t = useTranslations("imports");
  const { needed, more, shown } = columnsOf[kind];
  const [of, ...others] = needed;
  const isSaid = (column: ImportColumn) =>
    rows.some(({ said, faults }) => said[column] || faults.some((each) => each.column === column));
  const columns = [of as ImportColumn, ...shown.filter(isSaid), ...others, ...more.filter(isSaid)];
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => String(row.line)}
      columns={[
        { label: t("line"), isNumber: true, cell: (row) => row.line },
        ...columns.map((column) => ({
          label: t(`column.${column}`),
          cell: ({ said, faults }: Line) => (
            <>
              <span className="wrap-anywhere">{said[column] || "—"}</span>
              {faults
                .filter((each) => each.column === column)
                .map(({ fault }) => (
                  <span key={fault} className="error block">
                    {t(`fault.${fault}`)}
                  </span>
                ))}
            </>
          ),
        })),
      ]}
    />
  );
}
