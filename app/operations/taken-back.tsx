import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { requireOperator } from "#app/account/guards.ts";
import { type BookedTransfer, readTransfer } from "#app/domain/payments/read-transfer.ts";
import { takeBackTransfer } from "#app/domain/payments/take-back-transfer.ts";
import { transferFaults } from "#app/domain/payments/transfer-rule.ts";
import { readForm } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { formatAmount } from "./amount.ts";
import { PostingTable } from "./posting-table.tsx";

export const handle = { area: "operations" };

const fields = z.object({ fault: z.enum(transferFaults, { error: "required" }) });

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireOperator(request, context);
  const transfer = await readTransfer(context.db, scope, params.refund ?? "");
  if (!transfer) throw new Response(null, { status: 404 });
  return { title: translator(context.locale, "operations")("takenBack.title"), transfer };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireOperator(request, context);
  const form = await readForm(request, fields);
  if (!form.ok) return data({ errors: form.errors }, { status: 422 });
  const { fault } = form.value;
  const done = await takeBackTransfer(context.db, scope, { refundId: params.refund ?? "", fault });
  if (!done.ok) throw new Response(null, { status: 404 });
  return redirect("/operations#transfers", 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function TakenBackPage() {
  const { title, transfer } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("operations");
  const locale = useLocale();
  const { orderNumber, fen, currency, paidOn, reference, fault, postings } = transfer;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/operations#transfers", label: t("title") }}>{title}</PageTitle>
      <FormNotice errors={answer?.errors} labels={{ fault: t("takenBack.why") }} />
      <Card>
        <Facts
          items={[
            [t("takenBack.order"), orderNumber],
            [t("takenBack.paid"), formatAmount(fen, currency)],
            [t("owed.paidOn"), formatDate(paidOn, locale)],
            [t("owed.reference"), reference],
          ]}
        />
        {fault === null ? (
          <>
            <p>{t("takenBack.explained")}</p>
            <PostingTable postings={postings} currency={currency} />
            <TakeBackForm id={transfer.id} />
          </>
        ) : (
          <Notice tone="earth">{t(`takenBack.done.${fault}`)}</Notice>
        )}
      </Card>
    </div>
  );
}

/** Why it is none: nothing is taken back without a reason. */
function TakeBackForm({ id }: Pick<BookedTransfer, "id">) {
  const t = useTranslations("operations.takenBack");
  return (
    <form className="stack" method="post" action={`/operations/transfers/${id}/taken-back`}>
      <fieldset id="field-fault">
        <legend className="label">{t("why")}</legend>
        {transferFaults.map((fault) => (
          <label key={fault} className="flex min-h-11 items-center gap-3">
            <input className="size-5 shrink-0" type="radio" name="fault" value={fault} required />
            <span>{t(`fault.${fault}`)}</span>
          </label>
        ))}
      </fieldset>
      <Button variant="buy">{t("confirm")}</Button>
      <p className="hint">{t("tells")}</p>
    </form>
  );
}
