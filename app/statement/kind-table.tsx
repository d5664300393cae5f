import { useTranslations } from "use-intl";
import type { StatementPart } from "#app/domain/statement/parts.ts";
import type { KindSum } from "#app/domain/statement/read-statement.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { Money } from "#app/ui/money.tsx";
import { kindKey } from "./words.ts";

/** The month by kind of entry: how many there were, and what they brought and took. */
export function KindTable({ sums, part }: { sums: KindSum[]; part: StatementPart }) {
  const t = useTranslations("statement");
  return (
    <DataTable
      caption={t("byKind")}
      rows={sums}
      rowKey={(row) => row.kind}
      columns={[
        { label: t("kind"), cell: (row) => t(`kinds.${kindKey(row.kind)}`) },
        { label: t("count"), isNumber: true, cell: (row) => row.count },
        {
          label: t(part === "paid" ? "paidOut" : "in"),
          isNumber: true,
          cell: (row) => <Money fen={row.inFen} />,
        },
        {
          label: t(part === "paid" ? "cameBack" : "out"),
          isNumber: true,
          cell: (row) => <Money fen={row.outFen} />,
        },
        {
          label: t("net"),
          isNumber: true,
          cell: (row) => <Money fen={row.inFen + row.outFen} />,
        },
      ]}
    />
  );
}
