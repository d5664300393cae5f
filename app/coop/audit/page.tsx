import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { ActLog } from "#app/acts/act-log.tsx";
import { readLog } from "#app/acts/read-log.ts";
import { translator } from "#app/i18n/translate.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";

export const handle = { area: "coop" };

export const headers = notKept;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const log = await readLog(context, scope, new URL(request.url).searchParams);
  return { title: translator(context.locale, "audit")("title"), log };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Audit() {
  const { title, log } = useLoaderData<typeof loader>();
  const t = useTranslations("audit");
  const words = useTranslations("coop");
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop", label: words("today.title") }}>{title}</PageTitle>
      <p className="text-earth">{t("intro")}</p>
      <ActLog log={log} path="/coop/audit" isLinked />
    </div>
  );
}
