import { useTranslations } from "use-intl";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import type { ShownAct } from "./shown-act.ts";

/** The acts, each a row; with `isLinked` what was done leads to where it is. */
export function ActTable({ acts, isLinked }: { acts: ShownAct[]; isLinked: boolean }) {
  const t = useTranslations("audit");
  return (
    <DataTable
      caption={t("title")}
      rows={acts}
      rowKey={(act) => act.id}
      columns={[
        { label: t("col.at"), cell: (act) => act.at },
        { label: t("col.who"), cell: (act) => act.who },
        { label: t("col.what"), cell: (act) => act.what },
        {
          label: t("col.from"),
          cell: (act) => <span className="break-words">{act.from || "–"}</span>,
        },
        {
          label: t("col.subject"),
          cell: (act) =>
            isLinked && act.href ? <RowLink href={act.href}>{act.subject}</RowLink> : act.subject,
        },
        { label: t("col.before"), cell: (act) => act.before || "–" },
        { label: t("col.after"), cell: (act) => act.after || "–" },
      ]}
    />
  );
}
