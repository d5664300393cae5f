import { useLocale, useTranslations } from "use-intl";
import type { UnmatchedPayment } from "#app/domain/operations/read-unmatched.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { formatAmount } from "./amount.ts";
import { Trouble, TroubleList } from "./trouble.tsx";

/** Money at Stripe without an order: how it goes back, said once for all of it, and its ids there. */
export function Unmatched({ count, rows }: { count: number; rows: UnmatchedPayment[] }) {
  const t = useTranslations("operations.suspense");
  const locale = useLocale();
  return (
    <div className="stack">
      <p>{t("todoUnmatched")}</p>
      <TroubleList count={count} shown={rows.length}>
        {rows.map((payment) => (
          <Trouble
            key={payment.id}
            title={<span className="break-all whitespace-normal">{payment.chargeId}</span>}
            amount={formatAmount(payment.leftFen, payment.currency)}
            badge={<Badge tone="red">{t("kind.unmatched")}</Badge>}
            facts={[
              t("paid", { paid: formatDateTime(payment.arrivedAt, locale) }),
              payment.leftFen < payment.paidFen
                ? t("left", { all: formatAmount(payment.paidFen, payment.currency) })
                : null,
              payment.paymentIntentId,
            ]}
          />
        ))}
      </TroubleList>
    </div>
  );
}
