import { useLocale, useTranslations } from "use-intl";
import type { OpenApplication } from "#app/domain/joining/read-applications.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDate } from "#app/ui/format.ts";

export function ApplicationTable({ applications }: { applications: OpenApplication[] }) {
  const t = useTranslations("joining.list");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("applicationsCaption")}
      rows={applications}
      rowKey={({ id }) => id}
      columns={[
        {
          label: t("head"),
          cell: ({ id, headName }) => (
            <RowLink href={`/coop/households/applications/${id}`} lang="zh-CN">
              {headName}
            </RowLink>
          ),
        },
        { label: t("code"), cell: ({ registerCode }) => registerCode },
        { label: t("village"), cell: ({ village }) => village },
        { label: t("sentAt"), cell: ({ sentAt }) => formatDate(sentAt, locale) },
      ]}
    />
  );
}
