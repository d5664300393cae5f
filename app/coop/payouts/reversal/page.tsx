import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { readRun } from "#app/domain/payouts/read-run.ts";
import { readOtherApprovers } from "#app/domain/payouts/read-run-people.ts";
import { askReversal } from "#app/domain/payouts/reversals/ask-reversal.ts";
import { readReversal } from "#app/domain/payouts/reversals/read-reversal.ts";
import { LONGEST_NOTE, reversalReasons } from "#app/domain/payouts/reversals/reversal-reasons.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { OtherApprovers } from "../other-approvers.tsx";

export const handle = { area: "coop", keptForm: { id: "reversal" } };

const fields = z.object({
  reason: z.enum(reversalReasons, "choose"),
  note: z.string().trim().max(LONGEST_NOTE, "tooLong").default(""),
});

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const run = await readRun(context.db, scope, params.runId ?? "");
  if (!run) throw new Response(null, { status: 404 });
  const { reversal, openFen, openCount } = await readReversal(context.db, scope, run.id);
  // There is nothing to ask for: the run's own page says what there is.
  if (reversal || openCount === 0) throw redirect(`/coop/payouts/${run.id}`, 303);
  const title = translator(context.locale, "coop")("reversal.title", { number: run.number });
  const others = await readOtherApprovers(context.db, scope);
  const { id, number, payoutCount } = run;
  return { title, run: { id, number, payoutCount }, openFen, openCount, others };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const runId = params.runId ?? "";
  // Before the form is looked at: of another cooperative's run nothing is said at all.
  if (!(await readRun(context.db, scope, runId))) throw new Response(null, { status: 404 });
  const form = await readForm(request, fields);
  if (switchLocale(context, form.values.locale)) {
    const none: FieldErrors = {};
    return data({ errors: none, values: form.values }, { status: 200 });
  }
  if (!form.ok) return data({ errors: form.errors, values: form.values }, { status: 422 });
  const asked = await askReversal(context.db, scope, { runId, ...form.value });
  const path = `/coop/payouts/${encodeURIComponent(runId)}`;
  return redirect(asked.ok ? path : `${path}?problem=${asked.reason}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function AskReversal() {
  const { title, run, openFen, openCount, others } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("coop.reversal");
  const errors = refused?.errors;
  return (
    <div className="narrow stack">
      <PageTitle
        back={{
          href: `/coop/payouts/${run.id}`,
          label: useTranslations("coop.run")("title", { number: run.number }),
        }}
      >
        {title}
      </PageTitle>
      <FormNotice errors={errors} labels={{ reason: t("reason"), note: t("note") }} />
      <Notice tone="persimmon" title={t("careful")}>
        <p>{t("carefulHint")}</p>
      </Notice>
      <Card>
        <Facts
          items={[
            [t("back"), formatFen(openFen)],
            [t("households"), t("count", { count: openCount })],
            ...(run.payoutCount > openCount
              ? [[t("stays"), t("count", { count: run.payoutCount - openCount })] as const]
              : []),
          ]}
        />
        <p>{t("what")}</p>
        <form method="post" className="stack" id="reversal">
          <Choice
            name="reason"
            label={t("reason")}
            error={errors?.reason}
            chosen={refused?.values.reason}
            options={reversalReasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
          />
          <Field name="note" label={t("note")} hint={t("noteHint")} error={errors?.note}>
            {(control) => (
              <textarea
                {...control}
                className="input"
                rows={2}
                defaultValue={refused?.values.note}
              />
            )}
          </Field>
          <Button variant="danger">{t("ask")}</Button>
          <p className="hint">{t("askHint")}</p>
        </form>
        <OtherApprovers others={others} mayInvite={false} isReversal />
        <p>
          <ButtonLink variant="quiet" href={`/coop/payouts/${run.id}`}>
            {t("leave")}
          </ButtonLink>
        </p>
      </Card>
    </div>
  );
}
