import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { countParcels } from "#app/domain/parcels/count-parcels.ts";
import { keepTracking } from "#app/domain/parcels/tracking/keep-tracking.ts";
import { readTracking } from "#app/domain/parcels/tracking/read-tracking.ts";
import { readSent } from "#app/domain/sheets/start-kept.ts";
import { type ErrorKey, readForm } from "#app/forms/read-form.ts";
import { readTableFile, unreadTable } from "#app/forms/read-table-file.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";

import { SentTable } from "../imports/sent-table.tsx";

export const handle = { area: "coop" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const title = translator(context.locale, "packing")("tracking.title");
  const { packed } = await countParcels(context.db, scope);
  const files = await readSent(context.db, scope, "tracking_files");
  return { title, packed, files, clientKey: uuidv7() };
}

const fields = z.object({ clientKey: z.uuid() });

const wrongs = {
  ...unreadTable,
  "no-columns": "tracking-no-columns",
  "no-rows": "tracking-no-rows",
} as const satisfies Record<string, ErrorKey>;

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const refuse = (errors: { file?: ErrorKey; clientKey?: ErrorKey }) =>
    data({ errors }, { status: 422 });
  const form = await request.formData().catch(() => new FormData());
  const key = await readForm(form, fields);
  const file = await readTableFile(form);
  if (!file.ok) return refuse({ file: file.error });
  if (!key.ok) return refuse({ clientKey: "invalid" });
  const read = await readTracking(file.bytes);
  if (!read.ok) return refuse({ file: wrongs[read.reason] });
  const { clientKey } = key.value;
  const { fileId } = await keepTracking(context.db, scope, { clientKey, rows: read.rows });
  return redirect(`/coop/tracking/${fileId}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Upload() {
  const { title, packed, files, clientKey } = useLoaderData<typeof loader>();
  const errors = useActionData<typeof action>()?.errors;
  const t = useTranslations("packing.tracking");
  const sent = useTranslations("imports");
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
              <input {...control} type="file" className="input" accept=".csv,.txt,.xlsx,text/csv" />
            )}
          </Field>
          <Button>{t("look")}</Button>
          <p className="hint">{t("lookHint")}</p>
        </form>
      </Card>
      {files.length > 0 && (
        <Card title={sent("files")}>
          <SentTable path="/coop/tracking" files={files} />
        </Card>
      )}
    </div>
  );
}
