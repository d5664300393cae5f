import { useLocale, useTranslations } from "use-intl";
import type { OwnHousehold } from "#app/domain/consents/read-household.ts";
import { pick } from "#app/i18n/locale.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";

/** The cooperative's own households, each leading to its phones. */
export function HouseholdTable({ rows }: { rows: OwnHousehold[] }) {
  const t = useTranslations("joining.list");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("caption")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          label: t("head"),
          cell: ({ id, headName }) => (
            <RowLink href={`/coop/households/${id}`} lang="zh-CN">
              {headName}
            </RowLink>
          ),
        },
        { label: t("alias"), cell: (row) => pick(locale, row.aliasZh, row.aliasEn) },
        { label: t("code"), cell: ({ registerCode }) => registerCode },
        { label: t("phones"), cell: ({ phones }) => t("phoneCount", { count: phones }) },
      ]}
    />
  );
}
