import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { requireOperator } from "#app/account/guards.ts";
import { readEntry } from "#app/domain/ledger/read-entry.ts";
import { LONGEST_REASON } from "#app/domain/ledger/reversal-rule.ts";
import { reverseTransaction } from "#app/domain/ledger/reverse-transaction.ts";
import { readForm } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Card, Facts, PageTitle } from "#app/ui/layout.tsx";
import { EntryStanding } from "./entry-standing.tsx";
import { RECONCILIATION } from "./reconciliation-card.tsx";
import { ReversalForm } from "./reversal-form.tsx";

export const handle = { area: "operations" };

const fields = z.object({
  clientKey: z.uuid(),
  reason: z.string().trim().min(1, "required").max(LONGEST_REASON),
});

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireOperator(request, context);
  const entry = await readEntry(context.db, scope, params.entry ?? "");
  if (!entry) throw new Response(null, { status: 404 });
  const title = translator(context.locale, "operations")("entry.title");
  return { title, entry, clientKey: uuidv7() };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireOperator(request, context);
  const form = await readForm(request, fields);
  const { values } = form;
  if (!form.ok) return data({ errors: form.errors, values }, { status: 422 });
  const transactionId = params.entry ?? "";
  const done = await reverseTransaction(context.db, scope, { transactionId, ...form.value });
  if (done.ok) return redirect(`/operations/entries/${transactionId}`, 303);
  if (done.reason === "not-found") throw new Response(null, { status: 404 });
  // The page says by itself what it is instead: somebody was quicker, or Stripe has the line.
  if (done.reason === "not-reversible") return data({ errors: {}, values }, { status: 409 });
  const reason = done.reason === "no-reason" ? ("required" as const) : ("tooLong" as const);
  return data({ errors: { reason }, values }, { status: 422 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function EntryPage() {
  const { title, entry, clientKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("operations");
  const locale = useLocale();
  const { standing } = entry;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: RECONCILIATION, label: t("reconciliation.title") }}>
        {title}
      </PageTitle>
      <FormNotice errors={answer?.errors} labels={{ reason: t("entry.reason") }} />
      <Card>
        <Facts
          items={[
            [t("entry.number"), entry.id],
            [t("entry.occurred"), formatDateTime(entry.occurredAt, locale)],
            ...(entry.stripeId ? [[t("entry.line"), entry.stripeId] as const] : []),
          ]}
        />
        {standing.kind === "reversible" ? (
          <ReversalForm entry={entry} clientKey={clientKey} answer={answer} />
        ) : (
          <EntryStanding standing={standing} />
        )}
      </Card>
    </div>
  );
}
