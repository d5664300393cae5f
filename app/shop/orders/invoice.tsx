import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { buyerOf } from "#app/account/guards.ts";
import {
  invoicedStatuses,
  invoiceKinds,
  LONGEST_TITLE,
} from "#app/domain/invoices/invoice-rule.ts";
import { readInvoice } from "#app/domain/invoices/read-invoice.ts";
import { saveInvoice } from "#app/domain/invoices/save-invoice.ts";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { readForm } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { invoiceSchema } from "./invoice-schema.ts";
import { orderPath } from "./order-path.ts";

export const handle = { area: "shop" };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  const [order, invoice] = await Promise.all([
    readOrder(context.db, buyer, number),
    readInvoice(context.db, buyer, number),
  ]);
  if (!order) throw new Response("Not Found", { status: 404 });
  const title = translator(context.locale, "ordersAfter")("invoice.documentTitle", { number });
  const { recipient } = order.address;
  const isOpen = invoicedStatuses.includes(order.status);
  return { title, number, invoice, recipient, isOpen };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  // Whose order it is comes before what is wrong with the form: a stranger learns nothing here.
  if (!(await readOrder(context.db, buyer, number))) {
    throw new Response("Not Found", { status: 404 });
  }
  const form = await readForm(request, invoiceSchema);
  const { values } = form;
  if (!form.ok) return data({ values, errors: form.errors, isShut: false }, { status: 422 });
  const saved = await saveInvoice(context.db, buyer, { number, details: form.value });
  if (saved.ok) return redirect(orderPath(number, "invoice-saved"), 303);
  if (saved.reason === "order-not-found") throw new Response("Not Found", { status: 404 });
  return data({ values, errors: {}, isShut: true }, { status: 409 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function InvoicePage() {
  const { number, invoice, recipient, isOpen } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("ordersAfter.invoice");
  const kept = { kind: invoice?.kind ?? "personal", title: invoice?.title ?? recipient };
  const sent = {
    values: answer?.values ?? { ...kept, taxNumber: invoice?.taxNumber ?? "" },
    errors: answer?.errors ?? {},
  };
  const labels = { kind: t("kind"), title: t("name"), taxNumber: t("taxNumber") };
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: orderPath(number), label: t("for", { number }) }}>
        {t("title")}
      </PageTitle>
      <FormNotice errors={answer?.errors} labels={labels} />
      {!isOpen || answer?.isShut ? (
        <Notice tone="earth">{t("notInvoiced")}</Notice>
      ) : (
        <form method="post" action={`/orders/${number}/invoice`} className="card stack">
          <SelectField
            {...fieldOf("kind", sent)}
            label={labels.kind}
            required
            options={invoiceKinds.map((value) => ({ value, label: t(value) }))}
          />
          <TextField
            {...fieldOf("title", sent)}
            label={labels.title}
            hint={t("nameHint")}
            required
            maxLength={LONGEST_TITLE}
            autoComplete="organization"
          />
          <TextField
            {...fieldOf("taxNumber", sent)}
            label={labels.taxNumber}
            hint={t("taxNumberHint")}
            maxLength={40}
            autoComplete="off"
          />
          <Button wide>{t("save")}</Button>
          <p className="hint">{t("seen")}</p>
        </form>
      )}
    </div>
  );
}
