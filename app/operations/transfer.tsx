import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireOperator } from "#app/account/guards.ts";
import { isOrderNumber } from "#app/domain/orders/order-number.ts";
import { type OwedFor, planTransfer } from "#app/domain/payments/plan-transfer.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { formatAmount } from "./amount.ts";
import { answerTransfer } from "./answer-transfer.ts";
import { BookedBeforeNotice } from "./booked-before.tsx";
import { TransferForm } from "./transfer-form.tsx";
import { TransferPlan } from "./transfer-plan.tsx";

export const handle = { area: "operations" };

/** The address names an order by its number, or a payment that was put aside by its id. */
const owedForOf = ({ of = "" }: LoaderFunctionArgs["params"]): OwedFor =>
  isOrderNumber(of) ? { orderNumber: of } : { paymentId: of };

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireOperator(request, context);
  const shown = await planTransfer(context.db, scope, { owedFor: owedForOf(params) });
  if (!shown) throw new Response(null, { status: 404 });
  return {
    title: translator(context.locale, "operations")("owed.formTitle"),
    owed: shown.owed,
    path: new URL(request.url).pathname,
    isAside: !isOrderNumber(params.of ?? ""),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireOperator(request, context);
  const form = await request.formData().catch(() => new FormData());
  const answer = await answerTransfer(context.db, scope, owedForOf(params), form);
  if (!answer) throw new Response(null, { status: 404 });
  if (answer.kind === "made") return redirect("/operations#owed", 303);
  if (answer.kind === "plan") {
    const { hasChanged, before } = answer.plan;
    return data(answer, { status: hasChanged || before ? 409 : 200 });
  }
  if (answer.before) return data(answer, { status: 409 });
  return data(answer, { status: Object.keys(answer.errors).length > 0 ? 422 : 200 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function TransferPage() {
  const { title, owed, path, isAside } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("operations");
  const { orderNumber, owedFen, currency, isDisputed } = owed;
  const form = answer?.kind === "form" ? answer : undefined;
  const fields = ["amount", "paidOn", "reference"] as const;
  const labels = Object.fromEntries(fields.map((name) => [name, t(`owed.${name}`)]));
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: `/operations#${isAside ? "suspense" : "owed"}`, label: t("title") }}>
        {title}
      </PageTitle>
      {form?.before && <BookedBeforeNotice before={form.before} currency={currency} />}
      <FormNotice errors={form?.errors} labels={labels} />
      {answer?.kind === "plan" ? (
        <TransferPlan action={path} plan={answer.plan} values={answer.values} />
      ) : (
        <Card>
          {owedFen > 0 ? (
            <p>
              {t(isAside ? "suspense.facts" : "owed.facts", {
                number: orderNumber,
                fen: formatAmount(owedFen, currency),
              })}
            </p>
          ) : (
            <Notice tone="leaf">{t(isAside ? "suspense.nothing" : "owed.nothing")}</Notice>
          )}
          {owedFen > 0 && isDisputed && <Notice tone="persimmon">{t("owed.disputed")}</Notice>}
          {(owedFen > 0 || form) && (
            <TransferForm action={path} owedFen={owedFen} currency={currency} answer={form} />
          )}
        </Card>
      )}
    </div>
  );
}
