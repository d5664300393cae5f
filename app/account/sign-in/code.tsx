import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { readRoles } from "#app/domain/people/read-roles.ts";
import { readForm } from "#app/forms/read-form.ts";
import { showPhone } from "#app/forms/read-phone.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { codeField, enterCode } from "../code-steps.ts";
import { currentUser } from "../guards.ts";
import { homeOf } from "../home-of.ts";
import { safePath } from "../safe-path.ts";

export const handle = { area: "account", keptForm: { id: "code" } };

const schema = z.object({ code: codeField });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = context.auth.askedNumber.read(request.headers);
  if (!asked) throw redirect("/sign-in", 303);
  return {
    title: translator(context.locale, "account")("code.title"),
    ...asked,
    isSentBefore: new URL(request.url).searchParams.get("sent") === "before",
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, schema);
  const { values } = form;
  const isSwitched = switchLocale(context, values.locale);
  const asked = context.auth.askedNumber.read(request.headers);
  const before = await currentUser(request, context);
  // A second tap on the button: the first one has signed her in already.
  if (before && (!asked || before.phone === asked.phone)) {
    return redirect(safePath(asked?.to) ?? homeOf(before.roles), 303);
  }
  if (!asked) return redirect("/sign-in", 303);
  if (isSwitched) return data({ values, error: undefined, notice: null });

  if (!form.ok) return data({ values, error: form.errors.code, notice: null }, { status: 422 });
  const entered = await enterCode({ request, context }, { ...asked, code: form.value.code });
  if (!entered.ok) {
    const { notice, status, headers } = entered;
    return data({ values, error: undefined, notice }, { status, headers });
  }
  const { userId, headers } = entered;
  const to = safePath(asked.to) ?? homeOf(await readRoles(context.db, userId));
  return redirect(to, { status: 303, headers });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function CodePage() {
  const { phone, asker, to, isSentBefore } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("account.code");
  const back = to ? `/sign-in?${new URLSearchParams({ to })}` : "/sign-in";
  return (
    <div className="slim stack">
      <PageTitle back={{ href: back, label: t("change") }}>{t("title")}</PageTitle>
      {refused?.notice ? (
        <Notice tone="red" role="alert">
          {refused.notice}
        </Notice>
      ) : (
        <Notice role="status">
          {isSentBefore ? t("justSent") : t("sentTo", { phone: showPhone(phone) })}
        </Notice>
      )}
      <form method="post" id="code" className="card stack">
        <p>
          {t("number")} <strong>{showPhone(phone)}</strong>
        </p>
        <TextField
          name="code"
          label={t("code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          defaultValue={refused?.values.code}
          error={refused?.error}
          required
        />
        <Button wide>{t("enter")}</Button>
      </form>
      <form method="post" action="/sign-in">
        <input type="hidden" name="phone" value={phone} />
        <input type="hidden" name="to" value={to} />
        <input type="hidden" name="asker" value={asker} />
        <Button variant="quiet" wide>
          {t("resend")}
        </Button>
      </form>
    </div>
  );
}
