import { useLocale, useTranslations } from "use-intl";
import type { OwedRow } from "#app/domain/payouts/owed.ts";
import type { OwedReason } from "#app/domain/payouts/payable-rule.ts";
import { pick } from "#app/i18n/locale.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { Badge, type Tone } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

const tones: Record<OwedReason, Tone> = {
  payable: "leaf",
  "no-bank-details": "persimmon",
  overdrawn: "red",
  netted: "earth",
  "in-run": "earth",
  nothing: "earth",
};

/** What is owed on each relief account, and why one is not paid. */
export function OwedTable({ owed }: { owed: OwedRow[] }) {
  const t = useTranslations("coop.payouts");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("caption")}
      rows={owed}
      rowKey={(row) => row.reliefAccountId}
      columns={[
        {
          label: t("household"),
          cell: (row) => (
            <>
              <strong>{row.headName}</strong>
              <span className="block text-sm text-earth">
                {pick(locale, row.aliasZh, row.aliasEn)}
              </span>
            </>
          ),
        },
        { label: t("account"), cell: (row) => row.reliefCode },
        { label: t("balance"), isNumber: true, cell: (row) => <Money fen={row.balanceFen} /> },
        { label: t("inRun"), isNumber: true, cell: (row) => <Money fen={row.inRunFen} /> },
        {
          label: t("payable"),
          isNumber: true,
          cell: (row) => (
            <strong>
              <Money fen={row.payableFen} />
            </strong>
          ),
        },
        {
          label: t("state"),
          cell: (row) => <Badge tone={tones[row.reason]}>{t(`reason.${row.reason}`)}</Badge>,
        },
      ]}
    />
  );
}
