import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { buyerOf } from "#app/account/guards.ts";
import { readInvoice } from "#app/domain/invoices/read-invoice.ts";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { receiptSums } from "#app/domain/orders/receipt-rule.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Facts, PageTitle } from "#app/ui/layout.tsx";
import { orderPath } from "./order-path.ts";
import { ReceiptParcel } from "./receipt-parcel.tsx";
import { ReceiptTotals } from "./receipt-totals.tsx";

export const handle = { area: "shop", enhance: ["print-page"] };

/** The receipt of a paid order; one that nobody has paid has none and leads back to its page. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  const [order, invoice] = await Promise.all([
    readOrder(context.db, buyer, number),
    readInvoice(context.db, buyer, number),
  ]);
  if (!order) throw new Response("Not Found", { status: 404 });
  const { paidAt } = order;
  if (paidAt === null) throw redirect(orderPath(number), 303);
  const title = translator(context.locale, "ordersAfter")("receipt.documentTitle", { number });
  const place = context.publicUrl.replace(/^https?:\/\//, "");
  const sums = receiptSums(order);
  return { title, order, paidAt, invoice, sums, place, asOf: new Date() };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function PaymentReceipt() {
  const { order, paidAt, invoice, sums, place, asOf } = useLoaderData<typeof loader>();
  const t = useTranslations("ordersAfter.receipt");
  const invoiceWords = useTranslations("ordersAfter.invoice");
  const locale = useLocale();
  const { number } = order;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: orderPath(number), label: invoiceWords("for", { number }) }}>
        {t("title")}
      </PageTitle>
      <div className="no-print stack">
        <p>{t("howToPrint")}</p>
        {/* Its place is kept, so that nothing moves when the script shows it. */}
        <span data-print className="invisible">
          <Button type="button">{t("print")}</Button>
        </span>
      </div>
      <div className="card">
        <Facts
          items={[
            [t("order"), number],
            [t("paidAt"), formatDateTime(paidAt, locale)],
            [t("buyer"), order.address.recipient],
            ...(invoice
              ? [
                  [
                    t("invoice"),
                    [invoice.title, invoice.taxNumber].filter(Boolean).join(" "),
                  ] as const,
                ]
              : []),
          ]}
        />
      </div>
      {order.parcels.map((parcel) => (
        <ReceiptParcel key={parcel.id} parcel={parcel} />
      ))}
      <ReceiptTotals sums={sums} />
      <p className="text-sm text-earth">
        {t("asOf", { time: formatDateTime(asOf, locale) })} {t("notInvoice")}
      </p>
      <p>{t("issuer", { place })}</p>
    </div>
  );
}
