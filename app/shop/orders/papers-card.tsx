import { useTranslations } from "use-intl";
import { type InvoiceDetails, invoicedStatuses } from "#app/domain/invoices/invoice-rule.ts";
import type { OrderView } from "#app/domain/orders/read-order.ts";
import { Card } from "#app/ui/layout.tsx";

type Props = {
  order: Pick<OrderView, "number" | "status" | "paidAt">;
  invoice: InvoiceDetails | null;
};

/** Of a paid order: the receipt to print, and what is to stand on the invoice. */
export function PapersCard({ order: { number, status, paidAt }, invoice }: Props) {
  const t = useTranslations("ordersAfter.papers");
  if (paidAt === null) return null;
  const link = "inline-flex min-h-11 min-w-11 items-center";
  return (
    <Card title={t("title")} id="papers">
      <p>
        <a className={link} href={`/orders/${number}/payment-receipt`}>
          {t("receipt")}
        </a>
      </p>
      {invoice && (
        <p>
          {t("now")} <strong>{invoice.title}</strong>{" "}
          <span className="tabular-nums">{invoice.taxNumber}</span>
        </p>
      )}
      {!invoice && invoicedStatuses.includes(status) && <p className="hint">{t("none")}</p>}
      {invoicedStatuses.includes(status) && (
        <p>
          <a className={link} href={`/orders/${number}/invoice`}>
            {t(invoice ? "change" : "ask")}
          </a>
        </p>
      )}
    </Card>
  );
}
