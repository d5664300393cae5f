import { useLocale, useTranslations } from "use-intl";
import type { Reconciliation } from "#app/domain/reconcile/read-reconciliation.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { RECONCILIATION } from "./reconciliation-card.tsx";

/** The last runs, newest first, each with the way to its report. */
export function RunTable({ runs }: { runs: Reconciliation[] }) {
  const t = useTranslations("operations.reconciliation");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("runs")}
      rows={runs}
      rowKey={(run) => run.id}
      columns={[
        {
          label: t("at"),
          cell: (run) => (
            <RowLink href={`${RECONCILIATION}?run=${run.id}`}>
              {formatDateTime(run.startedAt, locale)}
            </RowLink>
          ),
        },
        {
          label: t("result"),
          cell: (run) =>
            run.differenceCount === 0 ? (
              <Badge tone="leaf">{t("agreed")}</Badge>
            ) : (
              <Badge tone="red">{t("differed", { count: run.differenceCount })}</Badge>
            ),
        },
        { label: t("stripeHolds"), isNumber: true, cell: (run) => <Money fen={run.stripeFen} /> },
        { label: t("ledgerSays"), isNumber: true, cell: (run) => <Money fen={run.ledgerFen} /> },
        {
          label: t("gap"),
          isNumber: true,
          cell: (run) => <Money fen={run.stripeFen - run.ledgerFen} />,
        },
      ]}
    />
  );
}
