import { useLocale, useTranslations } from "use-intl";
import type { OwedRow } from "#app/domain/payouts/owed.ts";
import type { OwedReason } from "#app/domain/payouts/payable-rule.ts";
import { pick } from "#app/i18n/locale.ts";
import { type Column, DataTable, RowLink } from "#app/ui/data-table.tsx";
import { Badge, type Tone } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

const tones: Record<OwedReason, Tone> = {
  payable: "leaf",
  "no-bank-details": "persimmon",
  overdrawn: "red",
  "going-back": "persimmon",
  netted: "earth",
  "sold-later": "earth",
  "below-minimum": "earth",
  "in-run": "earth",
  nothing: "earth",
};

/** What is owed on each relief account, and why one is not paid; columns that say nothing are left out. */
export function OwedTable({ owed }: { owed: OwedRow[] }) {
  const t = useTranslations("coop.payouts");
  const bank = useTranslations("joining.bank");
  const locale = useLocale();
  const columns: Column<OwedRow>[] = [
    {
      label: t("household"),
      cell: (row) => (
        <>
          <strong lang="zh-CN">{row.headName}</strong>{" "}
          <span className="tabular-nums">{row.reliefCode}</span>
          <span className="block text-sm text-earth">{pick(locale, row.aliasZh, row.aliasEn)}</span>
        </>
      ),
    },
    { label: t("balance"), isNumber: true, cell: (row) => <Money fen={row.balanceFen} /> },
  ];
  if (owed.some((row) => row.inRunFen !== 0)) {
    const cell = (row: OwedRow) => <Money fen={row.inRunFen} />;
    columns.push({ label: t("inRun"), isNumber: true, cell });
  }
  if (owed.some((row) => row.goingBackFen !== 0)) {
    const cell = (row: OwedRow) => <Money fen={row.goingBackFen} />;
    columns.push({ label: t("goingBack"), isNumber: true, cell });
  }
  if (owed.some((row) => row.laterFen !== 0)) {
    const cell = (row: OwedRow) => <Money fen={row.laterFen} />;
    columns.push({ label: t("later"), isNumber: true, cell });
  }
  columns.push({
    label: t("payable"),
    isNumber: true,
    cell: (row) => (
      <strong>
        <Money fen={row.payableFen} />
      </strong>
    ),
  });
  if (owed.some((row) => row.reason !== "payable")) {
    columns.push({
      label: t("state"),
      cell: (row) => (
        <>
          <Badge tone={tones[row.reason]}>{t(`reason.${row.reason}`)}</Badge>
          {row.reason === "no-bank-details" && (
            <span className="block">
              <RowLink href={`/coop/households/${row.householdId}/bank`}>{bank("give")}</RowLink>
            </span>
          )}
        </>
      ),
    });
  }
  return (
    <DataTable
      caption={t("caption")}
      rows={owed}
      rowKey={(row) => row.reliefAccountId}
      columns={columns}
    />
  );
}
