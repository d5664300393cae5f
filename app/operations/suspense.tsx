import { useLocale, useTranslations } from "use-intl";
import type { SuspendedPayment } from "#app/domain/operations/read-suspense.ts";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { formatAmount } from "./amount.ts";
import { TransferForm } from "./transfer-form.tsx";
import { Trouble, TroubleList } from "./trouble.tsx";

/** Payments that match no order: what was owed, what came, and how it goes back. */
export function Suspense({ count, rows }: { count: number; rows: SuspendedPayment[] }) {
  const t = useTranslations("operations.suspense");
  const locale = useLocale();
  if (rows.length === 0) return <p>{t("none")}</p>;
  return (
    <TroubleList count={count} shown={rows.length}>
      {rows.map((payment) => {
        const isForeign = payment.currency !== "cny";
        const kind = isForeign
          ? "currency"
          : payment.paidFen > payment.orderFen
            ? "more"
            : payment.paidFen < payment.orderFen
              ? "less"
              : "again";
        return (
          <Trouble
            key={payment.id}
            title={payment.orderNumber}
            amount={formatAmount(payment.leftFen, payment.currency)}
            badge={<Badge tone="red">{t(`kind.${kind}`)}</Badge>}
            facts={[
              t("owed", { owed: formatFen(payment.orderFen) }),
              t("paid", { paid: formatDateTime(payment.paidAt, locale) }),
              payment.leftFen < payment.paidFen
                ? t("left", { all: formatAmount(payment.paidFen, payment.currency) })
                : null,
              payment.paymentIntentId,
            ]}
            advice={t(kind === "again" ? "todoAgain" : "todo")}
          >
            <details className="mt-2">
              <summary className="btn btn-quiet">{t("open")}</summary>
              <div className="mt-2">
                <TransferForm
                  of={payment.id}
                  action={`/operations/owed/${payment.id}`}
                  owedFen={payment.leftFen}
                  currency={payment.currency}
                />
              </div>
            </details>
          </Trouble>
        );
      })}
    </TroubleList>
  );
}
