import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { requireCoop } from "#app/account/guards.ts";
import { columnsOf, importKinds } from "#app/domain/imports/columns.ts";
import { keepImport } from "#app/domain/imports/keep-import.ts";
import { readImports } from "#app/domain/imports/read-imports.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { readImportFile } from "./read-file.ts";
import { SentTable } from "./sent-table.tsx";

export const handle = { area: "coop" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const t = translator(context.locale, "imports");
  const title = t("title");
  const comma = context.locale === "zh" ? "、" : ", ";
  const kinds = importKinds.map((kind) => ({
    kind,
    columns: columnsOf[kind].needed.map((column) => t(`column.${column}`)).join(comma),
    more: columnsOf[kind].more.map((column) => t(`column.${column}`)).join(comma),
  }));
  return { title, kinds, files: await readImports(context.db, scope), clientKey: uuidv7() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const sent = await readImportFile(request);
  if (!sent.ok) return data({ errors: sent.errors, kind: sent.kind }, { status: 422 });
  const { importId } = await keepImport(context.db, scope, sent);
  return redirect(`/coop/imports/${importId}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Imports() {
  const { title, kinds, files, clientKey } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const errors = sent?.errors;
  const t = useTranslations("imports");
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/listings", label: t("back") }}>{title}</PageTitle>
      <FormNotice errors={errors} labels={{ kind: t("kindLabel"), file: t("file") }} />
      <Card title={t("first")}>
        <p>{t("firstHint")}</p>
        <p>
          <ButtonLink variant="quiet" href="/coop/imports/listings.csv">
            {t("download")}
          </ButtonLink>
        </p>
      </Card>
      <Card title={t("then")}>
        <form method="post" encType="multipart/form-data" className="stack">
          <HiddenKey value={clientKey} />
          <Choice name="kind" label={t("kindLabel")} error={errors?.kind}>
            {kinds.map(({ kind, columns, more }) => (
              <label key={kind} className="flex min-h-11 items-start gap-3 py-2">
                <input
                  className="size-6 shrink-0"
                  type="radio"
                  name="kind"
                  value={kind}
                  defaultChecked={kind === (sent?.kind ?? "lots")}
                />
                <span>
                  <span className="font-bold">{t(`kind.${kind}`)}</span>
                  <span className="hint block">
                    {t("columns", { columns })}
                    {more && ` ${t("moreColumns", { columns: more })}`}
                  </span>
                  {kind === "listings" && <span className="hint block">{t("consentHint")}</span>}
                </span>
              </label>
            ))}
          </Choice>
          <Field name="file" label={t("file")} hint={t("fileHint")} error={errors?.file} required>
            {(control) => (
              <input {...control} type="file" className="input" accept=".csv,.txt,.xlsx,text/csv" />
            )}
          </Field>
          <Button>{t("look")}</Button>
          <p className="hint">{t("lookHint")}</p>
        </form>
      </Card>
      {files.length > 0 && (
        <Card title={t("files")}>
          <SentTable path="/coop/imports" files={files} />
        </Card>
      )}
    </div>
  );
}
