import { useLocale, useTranslations } from "use-intl";
import type { GivenTwice as Row } from "#app/domain/operations/read-given-twice.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { formatAmount } from "./amount.ts";
import { Trouble, TroubleList } from "./trouble.tsx";

/** What buyers have twice: what came of it is said once for all of it, then which orders. */
export function GivenTwice({ count, rows }: { count: number; rows: Row[] }) {
  const t = useTranslations("operations.givenTwice");
  const locale = useLocale();
  return (
    <div className="stack">
      <p>{t("todo")}</p>
      <TroubleList count={count} shown={rows.length}>
        {rows.map((refund) => (
          <Trouble
            key={refund.id}
            title={refund.orderNumber}
            amount={formatAmount(refund.fen, refund.currency)}
            badge={<Badge tone="red">{t("badge")}</Badge>}
            facts={[
              t("given", {
                givenAt: formatDateTime(refund.givenAt, locale),
                fen: formatAmount(refund.givenFen, refund.currency),
              }),
              refund.stripeRefundId,
            ]}
          />
        ))}
      </TroubleList>
    </div>
  );
}
