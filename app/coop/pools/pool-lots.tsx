import { useLocale, useTranslations } from "use-intl";
import type { PoolLot } from "#app/domain/pools/read-pools.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDate } from "#app/ui/format.ts";

/** What each household has brought, by harvest; a lot's own page has its movements. */
export function PoolLots({ lots }: { lots: readonly PoolLot[] }) {
  const t = useTranslations("pools");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("lots")}
      rows={lots}
      rowKey={({ id }) => id}
      columns={[
        {
          label: t("col.household"),
          cell: (lot) => (
            <RowLink href={`/coop/stock/${lot.id}`} lang="zh-CN">
              {lot.headName}
            </RowLink>
          ),
        },
        { label: t("col.harvest"), cell: ({ harvestedOn }) => formatDate(harvestedOn, locale) },
        { label: t("col.quantityIn"), isNumber: true, cell: ({ quantityIn }) => quantityIn },
        { label: t("col.available"), isNumber: true, cell: ({ available }) => available },
        { label: t("col.held"), isNumber: true, cell: ({ held }) => held },
        { label: t("col.sold"), isNumber: true, cell: ({ sold }) => sold },
        { label: t("col.takenOut"), isNumber: true, cell: ({ takenOut }) => takenOut },
      ]}
    />
  );
}
