import { useLocale, useTranslations } from "use-intl";
import type { ReliefHousehold } from "#app/domain/relief/list-households.ts";
import { pick } from "#app/i18n/locale.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { Money } from "#app/ui/money.tsx";

export type Status = keyof Messages["relief"]["status"];

/** The county's households with what each earned, was paid and is owed. */
export function HouseholdTable({ rows }: { rows: ReliefHousehold[] }) {
  const t = useTranslations("relief");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("list.caption")}
      rows={rows}
      rowKey={(row) => row.code}
      columns={[
        {
          label: t("list.household"),
          cell: (row) => <RowLink href={`/relief/accounts/${row.code}`}>{row.headName}</RowLink>,
        },
        { label: t("list.village"), cell: (row) => pick(locale, row.villageZh, row.villageEn) },
        { label: t("list.account"), cell: (row) => row.code },
        { label: t("list.status"), cell: (row) => t(`status.${row.status as Status}`) },
        { label: t("list.earned"), isNumber: true, cell: (row) => <Money fen={row.earnedFen} /> },
        { label: t("list.paid"), isNumber: true, cell: (row) => <Money fen={row.paidFen} /> },
        { label: t("list.owed"), isNumber: true, cell: (row) => <Money fen={row.owedFen} /> },
      ]}
    />
  );
}
