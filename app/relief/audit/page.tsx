import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireOfficer } from "#app/account/guards.ts";
import { ActLog } from "#app/acts/act-log.tsx";
import { readLog } from "#app/acts/read-log.ts";
import { watchOne } from "#app/domain/audit/watched-cooperatives.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";

export const handle = { area: "relief" };

export const headers = notKept;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const officer = await requireOfficer(request, context);
  const query = new URL(request.url).searchParams;
  const asked = query.get("cooperative");
  const title = translator(context.locale, "audit")("officer.title");
  const found = await watchOne(context.db, officer, asked);
  if (!found && asked) throw new Response(null, { status: 404 });
  if (!found) return { title, of: null };
  const log = await readLog(context, found.scope, query);
  const { cooperativeId } = found.scope;
  return { title, of: { log, cooperativeId, cooperatives: found.watched } };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function CountysAudit() {
  const { title, of } = useLoaderData<typeof loader>();
  const t = useTranslations("audit");
  const words = useTranslations("relief");
  const locale = useLocale();
  return (
    <div className="stack">
      <PageTitle back={{ href: "/relief", label: words("list.title") }}>{title}</PageTitle>
      <p className="text-earth">{t("officer.intro")}</p>
      {of ? (
        <ActLog
          log={of.log}
          path="/relief/audit"
          of={{ cooperative: of.cooperativeId }}
          isLinked={false}
        >
          <label className="grow basis-40">
            <span className="label">{t("officer.cooperative")}</span>
            <select name="cooperative" className="input" defaultValue={of.cooperativeId}>
              {of.cooperatives.map(({ id, nameZh, nameEn }) => (
                <option key={id} value={id}>
                  {pick(locale, nameZh, nameEn)}
                </option>
              ))}
            </select>
          </label>
        </ActLog>
      ) : (
        <EmptyState title={t("officer.none")} />
      )}
    </div>
  );
}
