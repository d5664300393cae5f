import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireOperator } from "#app/account/guards.ts";
import {
  readLatestReconciliations,
  readReconciliation,
} from "#app/domain/reconcile/read-reconciliation.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { DifferenceList } from "./difference-list.tsx";
import { RECONCILIATION, RunSummary } from "./reconciliation-card.tsx";
import { RunTable } from "./run-table.tsx";

export const handle = { area: "operations" };

const RUNS_SHOWN = 14;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireOperator(request, context);
  const asked = new URL(request.url).searchParams;
  const id = asked.get("run");
  const after = /^\d{1,9}$/.exec(asked.get("after") ?? "") ? Number(asked.get("after")) : 0;
  const [found, { runs }] = await Promise.all([
    readReconciliation(context.db, scope, { id, after }),
    readLatestReconciliations(context.db, scope, { limit: RUNS_SHOWN }),
  ]);
  if (!found && id !== null) throw new Response(null, { status: 404 });
  const title = translator(context.locale, "operations")("reconciliation.title");
  return { title, found, runs, isFurther: after > 0 };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function ReconciliationPage() {
  const { title, found, runs, isFurther } = useLoaderData<typeof loader>();
  const t = useTranslations("operations");
  const here = `${RECONCILIATION}?run=${found?.run.id}`;
  return (
    <div className="stack">
      <PageTitle back={{ href: "/operations", label: t("title") }}>{title}</PageTitle>
      <p className="hint">{t("reconciliation.intro")}</p>
      {found ? (
        <Card>
          <RunSummary run={found.run} />
        </Card>
      ) : (
        <EmptyState title={t("reconciliation.none")} />
      )}
      {found && found.differences.length > 0 && (
        <Card title={t("reconciliation.differences")}>
          <DifferenceList differences={found.differences} />
          <nav aria-label={t("reconciliation.pages")} className="flex flex-wrap gap-3">
            {isFurther && (
              <ButtonLink variant="quiet" rel="start" href={here}>
                {t("reconciliation.first")}
              </ButtonLink>
            )}
            {found.next !== null && (
              <ButtonLink variant="quiet" rel="next" href={`${here}&after=${found.next}`}>
                {t("reconciliation.next")}
              </ButtonLink>
            )}
          </nav>
        </Card>
      )}
      {runs.length > 0 && (
        <Card title={t("reconciliation.runs")}>
          <RunTable runs={runs} />
        </Card>
      )}
    </div>
  );
}
