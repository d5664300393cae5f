import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { translator } from "#app/i18n/translate.ts";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { KeptList } from "./kept-list.tsx";
import { readScale } from "./read-scale.ts";
import { ScaleForm } from "./scale-form.tsx";
import { SCALE_SCRIPTS } from "./scale-scripts.ts";

export const handle = { area: "coop", enhance: SCALE_SCRIPTS };

/** The scale's page as a phone keeps it: nothing of any household stands in it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const title = translator(context.locale, "intake")("scale.title");
  return { title, ...(await readScale(context, scope)) };
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function OfflineScale() {
  const { title, options, keeper, clientKey } = useLoaderData<typeof loader>();
  const t = useTranslations("intake.kept");
  return (
    <div className="stack">
      <PageTitle>{title}</PageTitle>
      <Notice tone="persimmon" role="status">
        {t("offline")}
      </Notice>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <ScaleForm
          options={options}
          clientKey={clientKey}
          values={{ grade: "first", tare: "0" }}
          errors={{}}
          focus="household"
        />
        <KeptList keeper={keeper} />
      </div>
    </div>
  );
}
