import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { requireCoop } from "#app/account/guards.ts";
import { keepAnswers } from "#app/domain/payouts/answers/keep-answers.ts";
import { readAnswerFile } from "#app/domain/payouts/answers/read-answer-file.ts";
import type { ErrorKey } from "#app/forms/read-form.ts";
import { readTextFile } from "#app/forms/read-text-file.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";

export const handle = { area: "coop" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireCoop(request, context, "money");
  const title = translator(context.locale, "coop")("answers.title");
  return { title, clientKey: uuidv7() };
}

const wrongs = {
  none: "answers-none",
  "not-a-table": "answers-not-a-table",
  "no-columns": "answers-no-columns",
  "no-rows": "answers-no-rows",
  "too-many-rows": "answers-too-many-rows",
  "not-xml": "answers-not-xml",
  "not-pain-002": "answers-not-pain-002",
  "no-run": "answers-no-run",
} as const satisfies Record<string, ErrorKey>;

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const sent = await readTextFile(request, readAnswerFile, wrongs);
  if (!sent.ok) return data({ errors: sent.errors }, { status: 422 });
  const { answersId } = await keepAnswers(context.db, scope, sent);
  return redirect(`/coop/payouts/answers/${answersId}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Upload() {
  const { title, clientKey } = useLoaderData<typeof loader>();
  const errors = useActionData<typeof action>()?.errors;
  const t = useTranslations("coop.answers");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/coop/payouts", label: useTranslations("coop.payouts")("title") }}>
        {title}
      </PageTitle>
      <FormNotice errors={errors} labels={{ file: t("file") }} />
      <Card>
        <p>{t("what")}</p>
        <form method="post" encType="multipart/form-data" className="stack">
          <HiddenKey value={clientKey} />
          <Field name="file" label={t("file")} hint={t("fileHint")} error={errors?.file} required>
            {(control) => (
              <input
                {...control}
                type="file"
                className="input"
                accept=".csv,.txt,.xml,text/csv,text/xml,application/xml"
              />
            )}
          </Field>
          <Button>{t("look")}</Button>
          <p className="hint">{t("lookHint")}</p>
        </form>
      </Card>
      <Card title={t("columns")}>
        <ul className="list-disc ps-5">
          <li>{t("columnItem")}</li>
          <li>{t("columnStatus")}</li>
          <li>{t("columnReason")}</li>
          <li>{t("columnAmount")}</li>
        </ul>
      </Card>
      <Card title={t("xml")}>
        <p>{t("xmlWhat")}</p>
      </Card>
    </div>
  );
}
