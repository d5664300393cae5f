import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import {
  readTemplate,
  readTemplateChanges,
  setTemplate,
} from "#app/domain/cooperatives/shipping-template.ts";
import { chooseRegion } from "#app/domain/regions/choose-region.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { FreightLines } from "#app/offers/freight-terms.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { readTemplateForm, templateValues } from "./template-fields.ts";
import { TemplateForm } from "./template-form.tsx";
import { TemplateHistory } from "./template-history.tsx";

export const handle = { area: "coop", keptForm: { id: "freight" } };

const NEWS = ["saved", "unchanged"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const [read, changes, { provinces }] = await Promise.all([
    readTemplate(context.db, scope),
    readTemplateChanges(context.db, scope),
    chooseRegion(context.db, {}),
  ]);
  const asked = new URL(request.url).searchParams.get("news");
  return {
    title: translator(context.locale, "freight")("desk.documentTitle"),
    ...read,
    changes,
    provinces,
    values: templateValues(read.terms),
    news: NEWS.find((word) => word === asked) ?? null,
  };
}

const hidden = z.object({
  revision: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
});

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const form = await readForm(request, hidden);
  const { provinces } = await chooseRegion(context.db, {});
  const codes = provinces.map(({ code }) => code.slice(0, 2));
  const { template, errors: wrong } = readTemplateForm(form.values, codes);
  const errors: FieldErrors = { ...(form.ok ? {} : form.errors), ...wrong };
  const refuse = (status: number, isOvertaken = false) =>
    data({ values: form.values, errors, isOvertaken, revision: null }, { status });
  if (form.ok && switchLocale(context, form.values.locale)) {
    const { revision } = form.value;
    return data({ values: form.values, errors: {}, isOvertaken: false, revision }, { status: 200 });
  }
  if (!form.ok || Object.keys(errors).length > 0) return refuse(422);
  const set = await setTemplate(context.db, scope, { template, revision: form.value.revision });
  if (!set.ok) return refuse(409, true);
  return redirect(`/coop/freight?news=${set.isChanged ? "saved" : "unchanged"}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function FreightPage() {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("freight.desk");
  const { terms, provinces, slug, news, changes, revision } = loaded;
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop", label: t("back") }}>{t("title")}</PageTitle>
      {news && !refused && <Notice role="status">{t(news)}</Notice>}
      {refused?.isOvertaken && (
        <Notice tone="red" role="alert">
          {t("overtaken")}
        </Notice>
      )}
      <Card title={t("now")}>
        <FreightLines terms={terms} provinces={provinces} />
        <p>
          <ButtonLink variant="quiet" href={`/cooperatives/${slug}#terms`}>
            {t("toPage")}
          </ButtonLink>
        </p>
      </Card>
      <TemplateForm
        values={refused?.values ?? loaded.values}
        errors={refused?.errors ?? {}}
        provinces={provinces}
        revision={refused?.revision ?? revision}
      />
      <TemplateHistory changes={changes} provinces={provinces} />
    </div>
  );
}
