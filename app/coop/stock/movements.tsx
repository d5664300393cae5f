import { useLocale, useTranslations } from "use-intl";
import type { LotMovement } from "#app/domain/stock/read-lots.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";

/** What came into a lot and left it beside sales: each with why, who and when. */
export function Movements({ rows }: { rows: LotMovement[] }) {
  const t = useTranslations("intake.stock");
  const reasons = useTranslations("farmListing.sellOut.reason");
  const locale = useLocale();
  if (rows.length === 0) return <p>{t("noMovements")}</p>;
  const nameless = ({ byCooperative }: LotMovement) => t(byCooperative ? "byCoop" : "byHousehold");
  return (
    <DataTable
      caption={t("movements")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { label: t("at"), cell: ({ at }) => formatDateTime(at, locale) },
        {
          label: t("moved"),
          isNumber: true,
          cell: ({ what, quantity }) => `${what === "restock" ? "+" : "−"}${quantity}`,
        },
        { label: t("why"), cell: ({ reason }) => (reason ? reasons(reason) : t("restocked")) },
        { label: t("by"), cell: (row) => row.by ?? nameless(row) },
      ]}
    />
  );
}
