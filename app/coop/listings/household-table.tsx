import { useLocale, useTranslations } from "use-intl";
import type { OwnHousehold } from "#app/domain/consents/read-household.ts";
import { pick } from "#app/i18n/locale.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";

/** The cooperative's own households, each leading to the offer that is made for it. */
export function HouseholdTable({ rows }: { rows: OwnHousehold[] }) {
  const t = useTranslations("consent.choose");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("caption")}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          label: t("head"),
          cell: (row) => (
            <RowLink href={`/coop/listings/new/${row.id}`} lang="zh-CN">
              {row.headName}
            </RowLink>
          ),
        },
        { label: t("alias"), cell: (row) => pick(locale, row.aliasZh, row.aliasEn) },
        { label: t("code"), cell: (row) => row.registerCode },
        { label: t("phone"), cell: (row) => t(row.hasPhone ? "hasPhone" : "noPhone") },
      ]}
    />
  );
}
