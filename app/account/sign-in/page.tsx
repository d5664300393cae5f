import { randomUUID } from "node:crypto";
import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { WaitingOffers } from "#app/ui/waiting-offers.tsx";
import { phoneField, sendCode } from "../code-steps.ts";
import { currentUser } from "../guards.ts";
import { homeOf } from "../home-of.ts";
import { safePath } from "../safe-path.ts";

export const handle = {
  area: "account",
  enhance: ["waiting-offers"],
  keptForm: { id: "sign-in" },
};

const schema = z.object({
  phone: phoneField,
  to: z.string().optional(),
  asker: z.string().max(64).optional(),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const to = safePath(new URL(request.url).searchParams.get("to"));
  const person = await currentUser(request, context);
  if (person) throw redirect(to ?? homeOf(person.roles), 303);
  const title = translator(context.locale, "account")("signIn.title");
  return { title, to: to ?? "", asker: randomUUID() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, schema);
  const { values } = form;
  if (switchLocale(context, values.locale)) return data({ values, error: undefined, notice: null });
  if (!form.ok) {
    const { phone: error } = form.errors;
    // Something else than the number is wrong: that cannot be seen, so it is said.
    const notice = error ? null : translator(context.locale, "chrome")("form.hiddenPart");
    return data({ values: error ? values : { ...values, to: "" }, error, notice }, { status: 422 });
  }

  // Two taps send the same key, and so ask for one code.
  const { phone, asker = randomUUID() } = form.value;
  const to = safePath(form.value.to) ?? "";
  const sent = await sendCode({ request, context }, { phone, asker, to });
  if (!sent.ok) {
    const { notice, status, headers } = sent;
    return data({ values, error: undefined, notice }, { status, headers });
  }
  return redirect(sent.isSentBefore ? "/sign-in/code?sent=before" : "/sign-in/code", {
    status: 303,
    headers: { "Set-Cookie": sent.cookie },
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function SignInPage() {
  const { to, asker } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("account.signIn");
  const join = useTranslations("joining.apply");
  return (
    <div className="slim stack">
      <PageTitle>{t("title")}</PageTitle>
      <p>{t("intro")}</p>
      <WaitingOffers />
      {refused?.notice && (
        <Notice tone="red" role="alert">
          {refused.notice}
        </Notice>
      )}
      <form method="post" action="/sign-in" id="sign-in" className="card stack">
        <input type="hidden" name="to" value={refused?.values.to ?? to} />
        <input type="hidden" name="asker" value={refused?.values.asker ?? asker} />
        <TextField
          name="phone"
          label={t("phone")}
          hint={t("phoneHint")}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          defaultValue={refused?.values.phone}
          error={refused?.error}
          required
        />
        <Button wide>{t("send")}</Button>
      </form>
      <p>
        <a className="inline-flex min-h-11 min-w-11 items-center" href="/join">
          {join("signIn")}
        </a>
      </p>
    </div>
  );
}
