import { useTranslations } from "use-intl";
import type { MonthTotal } from "#app/domain/ledger/last-months.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { Money } from "#app/ui/money.tsx";

/** What each month brought, and what of it reached the bank. */
export function MonthTable({ months }: { months: MonthTotal[] }) {
  const t = useTranslations("farmEarnings.months");
  return (
    <DataTable
      caption={t("title")}
      rows={months}
      rowKey={({ month }) => month}
      columns={[
        { label: t("month"), cell: ({ month }) => month },
        { label: t("earned"), isNumber: true, cell: (row) => <Money fen={row.earnedFen} /> },
        { label: t("paid"), isNumber: true, cell: (row) => <Money fen={row.paidFen} /> },
      ]}
    />
  );
}
