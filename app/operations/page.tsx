import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireOperator } from "#app/account/guards.ts";
import { readMarketState } from "#app/domain/operations/read-market.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatFen } from "#app/ui/format.ts";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { AccountTable, EventTable, HeartbeatTable, JobTable, OrderTable } from "./tables.tsx";

export const handle = { area: "operations" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireOperator(request, context);
  const title = translator(context.locale, "operations")("title");
  return { title, state: await readMarketState(context.db, scope) };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Operations() {
  const { title, state } = useLoaderData<typeof loader>();
  const t = useTranslations("operations");
  const { suspense, sumFen } = state;
  return (
    <div className="stack">
      <PageTitle>{title}</PageTitle>
      <p className="hint">{t("readOnly")}</p>
      <Card title={t("balance")}>
        {sumFen === 0 ? (
          <Notice tone="leaf">{t("balanced")}</Notice>
        ) : (
          <Notice tone="red" role="alert">
            {t("unbalanced", { fen: formatFen(sumFen) })}
          </Notice>
        )}
        <AccountTable rows={state.accounts} />
      </Card>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Card title={t("orders")}>
          {state.orders.length > 0 ? <OrderTable rows={state.orders} /> : <p>{t("noOrders")}</p>}
        </Card>
        <div className="stack">
          <Card title={t("suspense")}>
            {suspense.count === 0 ? (
              <p>{t("noSuspense")}</p>
            ) : (
              <Notice tone="red">
                {t("someSuspense", { count: suspense.count, fen: formatFen(suspense.fen) })}
              </Notice>
            )}
          </Card>
          <Card title={t("jobs")}>
            {state.failedJobs.length > 0 ? (
              <JobTable rows={state.failedJobs} />
            ) : (
              <p>{t("noJobs")}</p>
            )}
          </Card>
          <Card title={t("events")}>
            {state.unprocessedEvents.length > 0 ? (
              <EventTable rows={state.unprocessedEvents} />
            ) : (
              <p>{t("noEvents")}</p>
            )}
          </Card>
          <Card title={t("heartbeats")}>
            {state.heartbeats.length > 0 ? (
              <HeartbeatTable rows={state.heartbeats} />
            ) : (
              <Notice tone="persimmon">{t("noHeartbeats")}</Notice>
            )}
          </Card>
        </div>
      </div>
    </div>
  );
}
