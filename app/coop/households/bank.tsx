import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import {
  bankSeen,
  readHouseholdBank,
  setHouseholdBank,
} from "#app/domain/households/household-bank.ts";
import { readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { householdAccountFields } from "../payouts/account-fields.ts";

export const handle = { area: "coop", keptForm: { id: "bank" } };

export const headers = notKept;

async function openBank({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const householdId = params.householdId ?? "";
  const read = await readHouseholdBank(context.db, scope, householdId);
  if (!read) throw new Response(null, { status: 404 });
  return { scope, householdId, ...read };
}

export async function loader(args: LoaderFunctionArgs) {
  const { headName, account } = await openBank(args);
  const title = translator(args.context.locale, "joining")("bank.title");
  return { title, headName, account, seen: bankSeen(account) };
}

export async function action(args: ActionFunctionArgs) {
  const { scope, householdId } = await openBank(args);
  const form = await readForm(args.request, householdAccountFields);
  if (switchLocale(args.context, form.values.locale)) {
    return data({ errors: {}, values: form.values, isChanged: false }, { status: 200 });
  }
  if (!form.ok) {
    return data({ errors: form.errors, values: form.values, isChanged: false }, { status: 422 });
  }
  const { seen, ...account } = form.value;
  const set = await setHouseholdBank(args.context.db, scope, { householdId, account, seen });
  if (set.ok) return redirect("/coop/payouts", 303);
  if (set.reason === "household-not-found") throw new Response(null, { status: 404 });
  return data({ errors: {}, values: form.values, isChanged: true }, { status: 409 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function HouseholdBankPage() {
  const { title, headName, account, seen } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useTranslations("coop.payouts");
  const words = useTranslations("joining.bank");
  const { name = headName, number = "", bank = "" } = account ?? {};
  const form = sent ?? { errors: {}, values: { name, number, bank, seen } };
  const labels = { name: t("bank.name"), number: t("bank.number"), bank: t("bank.bank") };
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/coop/payouts", label: t("title") }}>{title}</PageTitle>
      <FormNotice errors={sent?.errors} labels={labels} />
      {sent?.isChanged && account && (
        <Notice tone="red" role="alert" title={words("changed")}>
          <p>{t("bank.is", { bank: account.bank, end: account.number.slice(-4) })}</p>
          <p>{words("changedHint")}</p>
        </Notice>
      )}
      <Card>
        <p>
          <strong lang="zh-CN">{headName}</strong>
        </p>
        <p className="text-earth">{words("why")}</p>
        <form method="post" className="stack" id="bank">
          {/* Pressed once more behind another's change, it is made of what stands now. */}
          <input
            type="hidden"
            name="seen"
            value={sent?.isChanged ? seen : (form.values.seen ?? seen)}
          />
          <TextField {...fieldOf("name", form)} label={labels.name} autoComplete="off" required />
          <TextField
            {...fieldOf("number", form)}
            label={labels.number}
            autoComplete="off"
            required
          />
          <TextField {...fieldOf("bank", form)} label={labels.bank} autoComplete="off" required />
          <Button>{t("bank.save")}</Button>
        </form>
      </Card>
    </div>
  );
}
