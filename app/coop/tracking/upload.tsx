import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { requireCoop } from "#app/account/guards.ts";
import { countParcels } from "#app/domain/parcels/count-parcels.ts";
import { keepTracking } from "#app/domain/parcels/tracking/keep-tracking.ts";
import { readTracking } from "#app/domain/parcels/tracking/read-tracking.ts";
import type { ErrorKey } from "#app/forms/read-form.ts";
import { readTextFile } from "#app/forms/read-text-file.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";

export const handle = { area: "coop" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const title = translator(context.locale, "packing")("tracking.title");
  const { packed } = await countParcels(context.db, scope);
  return { title, packed, clientKey: uuidv7() };
}

const wrongs = {
  none: "tracking-none",
  "not-a-table": "answers-not-a-table",
  "no-columns": "tracking-no-columns",
  "no-rows": "tracking-no-rows",
  "too-many-rows": "tracking-too-many-rows",
} as const satisfies Record<string, ErrorKey>;

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const sent = await readTextFile(request, readTracking, wrongs);
  if (!sent.ok) return data({ errors: sent.errors }, { status: 422 });
  const { fileId } = await keepTracking(context.db, scope, sent);
  return redirect(`/coop/tracking/${fileId}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Upload() {
  const { title, packed, clientKey } = useLoaderData<typeof loader>();
  const errors = useActionData<typeof action>()?.errors;
  const t = useTranslations("packing.tracking");
  const board = useTranslations("coop.board")("title");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/coop/parcels?state=packed", label: board }}>{title}</PageTitle>
      <FormNotice errors={errors} labels={{ file: t("file") }} />
      <Card title={t("first")}>
        <p>{t("firstHint", { count: packed })}</p>
        <p>
          <ButtonLink variant="quiet" href="/coop/tracking/parcels.csv">
            {t("download")}
          </ButtonLink>
        </p>
      </Card>
      <Card title={t("then")}>
        <form method="post" encType="multipart/form-data" className="stack">
          <HiddenKey value={clientKey} />
          <Field name="file" label={t("file")} hint={t("fileHint")} error={errors?.file} required>
            {(control) => (
              <input {...control} type="file" className="input" accept=".csv,.txt,text/csv" />
            )}
          </Field>
          <Button>{t("look")}</Button>
          <p className="hint">{t("lookHint")}</p>
        </form>
      </Card>
    </div>
  );
}
