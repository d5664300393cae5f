import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { readBankAccount, setBankAccount } from "#app/domain/cooperatives/bank-account.ts";
import { readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { accountFields } from "./account-fields.ts";

export const handle = { area: "coop", keptForm: { id: "account" } };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const account = await readBankAccount(context.db, scope);
  return { title: translator(context.locale, "coop")("payouts.bank.title"), account };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const form = await readForm(request, accountFields);
  if (switchLocale(context, form.values.locale)) {
    return data({ errors: {}, values: form.values }, { status: 200 });
  }
  if (!form.ok) return data({ errors: form.errors, values: form.values }, { status: 422 });
  await setBankAccount(context.db, scope, form.value);
  return redirect("/coop/payouts#account", 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Account() {
  const { title, account } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useTranslations("coop.payouts");
  const { name = "", number = "", bank = "", code } = account ?? {};
  const form = sent ?? { errors: {}, values: { name, number, bank, code: code ?? "" } };
  const labels = {
    name: t("bank.name"),
    number: t("bank.number"),
    bank: t("bank.bank"),
    code: t("bank.code"),
  };
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/coop/payouts", label: t("title") }}>{title}</PageTitle>
      <FormNotice errors={sent?.errors} labels={labels} />
      <Card>
        <p className="text-earth">{t("bank.why")}</p>
        <form method="post" className="stack" id="account">
          <TextField {...fieldOf("name", form)} label={labels.name} autoComplete="off" required />
          <TextField
            {...fieldOf("number", form)}
            label={labels.number}
            inputMode="numeric"
            autoComplete="off"
            required
          />
          <TextField {...fieldOf("bank", form)} label={labels.bank} autoComplete="off" required />
          <TextField
            {...fieldOf("code", form)}
            label={labels.code}
            hint={t("bank.codeHint")}
            inputMode="numeric"
            autoComplete="off"
          />
          <Button>{t("bank.save")}</Button>
        </form>
      </Card>
    </div>
  );
}
