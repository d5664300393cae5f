import { useLocale, useTranslations } from "use-intl";
import type { ListedRun } from "#app/domain/payouts/list-runs.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Money } from "#app/ui/money.tsx";

/** The cooperative's payout runs, newest first. */
export function RunsTable({ runs }: { runs: ListedRun[] }) {
  const t = useTranslations("coop.payouts");
  const status = useTranslations("words.payoutStatus");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("runs")}
      rows={runs}
      rowKey={(run) => run.id}
      columns={[
        {
          label: t("number"),
          cell: (run) => <RowLink href={`/coop/payouts/${run.id}`}>{run.number}</RowLink>,
        },
        { label: t("runStatus"), cell: (run) => status(run.reversal ?? run.status) },
        { label: t("preparedAt"), cell: (run) => formatDateTime(run.preparedAt, locale) },
        { label: t("count"), isNumber: true, cell: (run) => run.payoutCount },
        { label: t("total"), isNumber: true, cell: (run) => <Money fen={run.totalFen} /> },
      ]}
    />
  );
}
