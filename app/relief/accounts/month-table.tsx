import { useTranslations } from "use-intl";
import type { MonthTotal } from "#app/domain/ledger/last-months.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { Money } from "#app/ui/money.tsx";

/** Month by month what was earned and paid out. */
export function MonthTable({ months }: { months: MonthTotal[] }) {
  const t = useTranslations("relief.months");
  return (
    <DataTable
      caption={t("caption")}
      rows={months}
      rowKey={(row) => row.month}
      columns={[
        { label: t("month"), cell: (row) => row.month },
        { label: t("earned"), isNumber: true, cell: (row) => <Money fen={row.earnedFen} /> },
        { label: t("paid"), isNumber: true, cell: (row) => <Money fen={row.paidFen} /> },
      ]}
    />
  );
}
