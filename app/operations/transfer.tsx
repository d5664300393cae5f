import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireOperator } from "#app/account/guards.ts";
import { planTransfer } from "#app/domain/payments/plan-transfer.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { answerTransfer } from "./answer-transfer.ts";
import { TransferForm } from "./transfer-form.tsx";
import { TransferPlan } from "./transfer-plan.tsx";

export const handle = { area: "operations" };

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireOperator(request, context);
  const shown = await planTransfer(context.db, scope, { orderNumber: params.number ?? "" });
  if (!shown) throw new Response(null, { status: 404 });
  return { title: translator(context.locale, "operations")("owed.formTitle"), owed: shown.owed };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireOperator(request, context);
  const form = await request.formData().catch(() => new FormData());
  const answer = await answerTransfer(context.db, scope, params.number ?? "", form);
  if (!answer) throw new Response(null, { status: 404 });
  if (answer.kind === "made") return redirect("/operations#owed", 303);
  if (answer.kind === "plan") return data(answer, { status: answer.plan.hasChanged ? 409 : 200 });
  return data(answer, { status: Object.keys(answer.errors).length > 0 ? 422 : 200 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function TransferPage() {
  const { title, owed } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("operations");
  const { orderNumber, owedFen, isDisputed } = owed;
  const form = answer?.kind === "form" ? answer : undefined;
  const fields = ["amount", "paidOn", "reference"] as const;
  const labels = Object.fromEntries(fields.map((name) => [name, t(`owed.${name}`)]));
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/operations#owed", label: t("title") }}>{title}</PageTitle>
      <FormNotice errors={form?.errors} labels={labels} />
      {answer?.kind === "plan" ? (
        <TransferPlan orderNumber={orderNumber} plan={answer.plan} values={answer.values} />
      ) : (
        <Card>
          {owedFen > 0 ? (
            <p>{t("owed.facts", { number: orderNumber, fen: formatFen(owedFen) })}</p>
          ) : (
            <Notice tone="leaf">{t("owed.nothing")}</Notice>
          )}
          {owedFen > 0 && isDisputed && <Notice tone="persimmon">{t("owed.disputed")}</Notice>}
          {(owedFen > 0 || form) && (
            <TransferForm orderNumber={orderNumber} owedFen={owedFen} answer={form} />
          )}
        </Card>
      )}
    </div>
  );
}
