import { useLocale, useTranslations } from "use-intl";
import type { listReserves } from "#app/domain/reserves/read-reserve.ts";
import { pick } from "#app/i18n/locale.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { Money } from "#app/ui/money.tsx";

type Row = Omit<Awaited<ReturnType<typeof listReserves>>[number], "countedAt">;

/** What each cooperative of the county keeps for claims, and what it lacks. */
export function ReserveTable({ reserves }: { reserves: Row[] }) {
  const t = useTranslations("reserve");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("officer.title")}
      rows={reserves}
      rowKey={(row) => row.id}
      columns={[
        { label: t("officer.cooperative"), cell: (row) => pick(locale, row.nameZh, row.nameEn) },
        { label: t("balance"), isNumber: true, cell: (row) => <Money fen={row.balanceFen} /> },
        { label: t("needed"), isNumber: true, cell: (row) => <Money fen={row.neededFen} /> },
        {
          label: t("officer.lacking"),
          isNumber: true,
          cell: (row) => <Money fen={Math.max(0, row.neededFen - row.balanceFen)} />,
        },
        { label: t("fee"), isNumber: true, cell: (row) => <Money fen={row.feeFen} /> },
      ]}
    />
  );
}
