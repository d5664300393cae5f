import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireOfficer } from "#app/account/guards.ts";
import { watchOne } from "#app/domain/audit/watched-cooperatives.ts";
import { readOwnStatement } from "#app/domain/statement/read-statement.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { askedOf } from "#app/statement/asked.ts";
import { StatementView } from "#app/statement/view.tsx";
import { Button } from "#app/ui/button.tsx";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";

export const handle = { area: "relief" };

export const headers = notKept;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const officer = await requireOfficer(request, context);
  const cooperative = new URL(request.url).searchParams.get("cooperative");
  const title = translator(context.locale, "statement")("officer.title");
  const found = await watchOne(context.db, officer, cooperative);
  if (!found && cooperative) throw new Response(null, { status: 404 });
  if (!found) return { title, of: null };
  const asked = askedOf(request);
  const statement = await readOwnStatement(context.db, found.scope, asked);
  const { cooperativeId } = found.scope;
  return {
    title,
    of: {
      ...{ statement, cooperativeId, cooperatives: found.watched, part: asked.part },
      isOlder: asked.before !== undefined,
    },
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function CooperativesMoney() {
  const { title, of } = useLoaderData<typeof loader>();
  const t = useTranslations("statement");
  const words = useTranslations("relief");
  const locale = useLocale();
  const path = "/relief/statement";
  return (
    <div className="stack">
      <PageTitle back={{ href: "/relief", label: words("list.title") }}>{title}</PageTitle>
      <p className="text-earth">{t("officer.intro")}</p>
      {of ? (
        <>
          <form method="get" action={path} className="flex flex-wrap items-end gap-3">
            <input type="hidden" name="of" value={of.part} />
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
            <Button variant="quiet">{t("show")}</Button>
          </form>
          <StatementView
            {...{ part: of.part, statement: of.statement, isOlder: of.isOlder, reader: null }}
            place={{ path, cooperative: of.cooperativeId }}
          />
        </>
      ) : (
        <EmptyState title={t("officer.none")} />
      )}
    </div>
  );
}
