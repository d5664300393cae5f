import { useLocale, useTranslations } from "use-intl";
import type { StatementEntry } from "#app/domain/relief/read-statement.ts";
import { pick } from "#app/i18n/locale.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge, type Tone } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

const tones: Partial<Record<StatementEntry["kind"], Tone>> = {
  sale: "leaf",
  refund: "red",
  payout: "persimmon",
};

/** Every entry with the order behind it, and the balance after it; newest first. */
export function StatementTable({ entries }: { entries: StatementEntry[] }) {
  const t = useTranslations("relief");
  const unit = useTranslations("words.unit");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("statement.caption")}
      rows={entries}
      rowKey={(entry) => entry.cursor}
      columns={[
        { label: t("statement.date"), cell: (entry) => formatDateTime(entry.occurredAt, locale) },
        {
          label: t("statement.kind"),
          cell: (entry) => (
            <Badge tone={tones[entry.kind] ?? "earth"}>{t(`kind.${entry.kind}`)}</Badge>
          ),
        },
        {
          label: t("statement.source"),
          cell: (entry) => entry.orderNumber ?? entry.runNumber ?? "—",
        },
        {
          label: t("statement.product"),
          cell: (entry) =>
            entry.titleZh === null ? "—" : pick(locale, entry.titleZh, entry.titleEn ?? ""),
        },
        {
          label: t("statement.quantity"),
          isNumber: true,
          cell: (entry) =>
            entry.quantity === null
              ? "—"
              : `${entry.quantity} × ${unit(entry.unit as keyof Messages["words"]["unit"])}`,
        },
        {
          label: t("statement.fen"),
          isNumber: true,
          cell: (entry) => (
            <strong>
              <Money fen={entry.fen} />
            </strong>
          ),
        },
        {
          label: t("statement.balance"),
          isNumber: true,
          cell: (entry) => <Money fen={entry.balanceFen} />,
        },
      ]}
    />
  );
}
