import { useLocale, useTranslations } from "use-intl";
import type { WeighInView } from "#app/domain/intake/read-weigh-ins.ts";
import { formatWeight } from "#app/i18n/unit-words.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { produceOf } from "./produce-of.ts";

/** What was weighed, as it stands, each leading to its slip and its correction. */
export function WeighInTable({ rows, areTodays }: { rows: WeighInView[]; areTodays?: true }) {
  const t = useTranslations("intake.table");
  const grades = useTranslations("words.grade");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("caption")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          label: t("household"),
          cell: ({ id, headName }) => (
            <RowLink href={`/coop/intake/${id}`} lang="zh-CN">
              {headName}
            </RowLink>
          ),
        },
        { label: t("produce"), cell: (row) => produceOf(row, grades(row.grade), locale) },
        {
          label: t("net"),
          isNumber: true,
          cell: ({ netGrams, reason }) => (
            <>
              {reason && <Badge>{t(netGrams === 0 ? "takenBack" : "corrected")}</Badge>}{" "}
              {formatWeight(netGrams, locale)}
            </>
          ),
        },
        // Beside the scale's form there is little room, and all of them are of today.
        ...(areTodays
          ? []
          : [
              {
                label: t("at"),
                cell: ({ weighedAt }: WeighInView) => formatDateTime(weighedAt, locale),
              },
            ]),
      ]}
    />
  );
}
