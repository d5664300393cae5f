import { useTranslations } from "use-intl";
import type { LeftOutHousehold } from "#app/domain/payouts/left-out.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { Money } from "#app/ui/money.tsx";

/** Whom the run left out, and why. */
export function LeftOutTable({ leftOut }: { leftOut: LeftOutHousehold[] }) {
  const t = useTranslations("coop");
  return (
    <DataTable
      caption={t("run.leftOut")}
      rows={leftOut}
      rowKey={(row) => row.reliefCode}
      columns={[
        { label: t("payouts.household"), cell: (row) => <span lang="zh-CN">{row.headName}</span> },
        { label: t("payouts.account"), cell: (row) => row.reliefCode },
        { label: t("run.fen"), isNumber: true, cell: (row) => <Money fen={row.fen} /> },
        { label: t("payouts.state"), cell: (row) => t(`payouts.reason.${row.reason}`) },
      ]}
    />
  );
}
