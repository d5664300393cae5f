import { useTranslations } from "use-intl";
import { columnsOf, type ImportColumn, type ImportKind } from "#app/domain/imports/columns.ts";
import type { Fault } from "#app/domain/imports/faults.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";

type Line = { line: number; said: Partial<Record<ImportColumn, string>>; faults: Fault[] };

/** Lines as they stand in the file, and in each cell what is wrong with it. */
export function LinesTable({
  caption,
  kind,
  rows,
  names,
}: {
  caption: string;
  kind: ImportKind;
  rows: Line[];
  /** What a listing is called and whose it is: who looks at a line knows no numbers. */
  names: Record<string, { title: string; headName: string }>;
}) {
  const t = useTranslations("imports");
  const { needed, more, shown } = columnsOf[kind];
  const [of, ...others] = needed;
  const nameOf = ({ said }: Line) => names[said.listing ?? ""];
  const isNamed = of === "listing" && rows.every(nameOf);
  const isSaid = (column: ImportColumn) =>
    rows.some(({ said, faults }) => said[column] || faults.some((each) => each.column === column));
  const beside = shown.filter((column) => isSaid(column) && !(isNamed && column === "title"));
  const columns = [of as ImportColumn, ...beside, ...others, ...more.filter(isSaid)];
  const textOf = (column: ImportColumn, row: Line) => {
    const name = isNamed && column === of && nameOf(row);
    if (!name) return row.said[column] || "—";
    return (
      <>
        <RowLink href={`/coop/listings/${row.said.listing}`}>{name.title}</RowLink>{" "}
        <span lang="zh-CN">{name.headName}</span>
      </>
    );
  };
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => String(row.line)}
      columns={[
        { label: t("line"), isNumber: true, cell: (row) => row.line },
        ...columns.map((column) => ({
          label: t(`column.${isNamed && column === of ? "title" : column}`),
          cell: (row: Line) => (
            <>
              <span className="wrap-anywhere">{textOf(column, row)}</span>
              {row.faults
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
