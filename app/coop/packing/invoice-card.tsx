import { useTranslations } from "use-intl";
import type { InvoiceDetails } from "#app/domain/invoices/invoice-rule.ts";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import type { ParcelRefund } from "#app/domain/parcels/read-parcel-refunds.ts";
import { Card, Facts } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

type Props = { invoice: InvoiceDetails; parcel: ReadParcel; refunds: ParcelRefund[] };

/** Whom the cooperative writes an invoice to, and on how much: nobody is invoiced for what she got back. */
export function InvoiceCard({ invoice, parcel, refunds }: Props) {
  const t = useTranslations("ordersAfter.coopInvoice");
  const kinds = useTranslations("ordersAfter.invoice");
  const paidFen = parcel.lines.reduce((sum, line) => sum + line.lineFen, parcel.freightFen);
  const backFen = refunds
    .filter((refund) => refund.status !== "failed")
    .reduce((sum, refund) => sum + refund.fen, 0);
  return (
    <Card title={t("title")} id="invoice">
      <p>{t("asked")}</p>
      <Facts
        items={[
          [t("kind"), kinds(invoice.kind)],
          [t("name"), invoice.title],
          ...(invoice.taxNumber ? [[t("taxNumber"), invoice.taxNumber] as const] : []),
          [t("amount"), <Money key="amount" fen={paidFen - backFen} />],
        ]}
      />
      <p className="hint">{t("amountHint")}</p>
    </Card>
  );
}
