import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { requireOperator } from "#app/account/guards.ts";
import { decideFailed } from "#app/domain/payments/decide-failed.ts";
import { failedDecisions } from "#app/domain/payments/failed-decision.ts";
import { readFailedByHand } from "#app/domain/payments/read-failed.ts";
import { type ErrorKey, type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { formatAmount } from "./amount.ts";

export const handle = { area: "operations" };

const fields = z.object({ decision: z.enum(failedDecisions, { error: "required" }) });

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireOperator(request, context);
  const failed = await readFailedByHand(context.db, scope, params.refund ?? "");
  if (!failed) throw new Response(null, { status: 404 });
  return { title: translator(context.locale, "operations")("failedByHand.title"), failed };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireOperator(request, context);
  const form = await readForm(request, fields);
  if (!form.ok) return data({ errors: form.errors, leftFen: null }, { status: 422 });
  const refundId = params.refund ?? "";
  const done = await decideFailed(context.db, scope, { refundId, ...form.value });
  if (done.ok) return redirect("/operations#refunds", 303);
  if (done.reason === "not-found") throw new Response(null, { status: 404 });
  const errors: FieldErrors = {};
  return data({ errors, leftFen: done.leftFen }, { status: 409 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function FailedByHandPage() {
  const { title, failed } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("operations");
  const locale = useLocale();
  const { id, orderNumber, fen, currency, stripeRefundId, seenAt, owedFen, state } = failed;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/operations#refunds", label: t("title") }}>{title}</PageTitle>
      <FormNotice errors={answer?.errors} labels={{ decision: t("failedByHand.question") }} />
      {answer && answer.leftFen !== null && (
        <Notice tone="red" role="alert">
          {t("failedByHand.moreThanLeft", { left: formatAmount(answer.leftFen, currency) })}
        </Notice>
      )}
      <Card>
        <Facts
          items={[
            [t("takenBack.order"), orderNumber],
            [t("failedByHand.amount"), formatAmount(fen, currency)],
            [t("failedByHand.stripe"), stripeRefundId],
            [t("failedByHand.seen"), formatDateTime(seenAt, locale)],
            [t("failedByHand.owed"), formatAmount(owedFen, "cny")],
          ]}
        />
        {state === "open" ? (
          <>
            <p>{t("failedByHand.explained")}</p>
            <Decision id={id} error={answer?.errors.decision} />
          </>
        ) : (
          <Notice tone="earth">{t(`failedByHand.done.${state}`)}</Notice>
        )}
      </Card>
    </div>
  );
}

/** What it was to be is asked: neither answer is chosen for her. */
function Decision({ id, error }: { id: string; error?: ErrorKey }) {
  const t = useTranslations("operations.failedByHand");
  const options = failedDecisions.map((value) => ({ value, label: t(`decisions.${value}`) }));
  return (
    <form className="stack" method="post" action={`/operations/refunds/${id}/decision`}>
      <Choice name="decision" label={t("question")} error={error} options={options} />
      <Button variant="buy">{t("confirm")}</Button>
      <p className="hint">{t("tells")}</p>
    </form>
  );
}
