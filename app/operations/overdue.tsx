import { useLocale, useTranslations } from "use-intl";
import type { OverdueOrder } from "#app/domain/operations/read-overdue-orders.ts";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { Trouble, TroubleList } from "./trouble.tsx";

/** Unpaid orders that do not end though their time is over, and what to look for. */
export function Overdue({ count, rows }: { count: number; rows: OverdueOrder[] }) {
  const t = useTranslations("operations.overdue");
  const locale = useLocale();
  if (rows.length === 0) return <p>{t("none")}</p>;
  return (
    <TroubleList count={count} shown={rows.length}>
      {rows.map(({ orderNumber, totalFen, checkoutSessionId, expiresAt }) => (
        <Trouble
          key={orderNumber}
          title={orderNumber}
          amount={formatFen(totalFen)}
          badge={<Badge tone="red">{t("badge")}</Badge>}
          facts={[t("due", { due: formatDateTime(expiresAt, locale) }), checkoutSessionId]}
          advice={t("todo")}
        />
      ))}
    </TroubleList>
  );
}
