import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireOperator } from "#app/account/guards.ts";
import { listEscalatedClaims } from "#app/domain/claims/list-claims.ts";
import { readGivenTwice } from "#app/domain/operations/read-given-twice.ts";
import { readMarketState } from "#app/domain/operations/read-market.ts";
import { readOpenDisputes } from "#app/domain/operations/read-open-disputes.ts";
import { readOverdueOrders } from "#app/domain/operations/read-overdue-orders.ts";
import { readOwedBuyers } from "#app/domain/operations/read-owed-buyers.ts";
import { readSuspense } from "#app/domain/operations/read-suspense.ts";
import { readTroubledRefunds } from "#app/domain/operations/read-troubled-refunds.ts";
import { readUnmatched } from "#app/domain/operations/read-unmatched.ts";
import { readLatestReconciliations } from "#app/domain/reconcile/read-reconciliation.ts";
import { countReported } from "#app/domain/reviews/read-reported.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { EscalatedClaims } from "./claims/escalated.tsx";
import { Disputes } from "./disputes.tsx";
import { GivenTwice } from "./given-twice.tsx";
import { Overdue } from "./overdue.tsx";
import { Overview } from "./overview.tsx";
import { Owed } from "./owed.tsx";
import { ReconciliationCard } from "./reconciliation-card.tsx";
import { Refunds } from "./refunds.tsx";
import { Suspense } from "./suspense.tsx";
import {
  AccountTable,
  EventTable,
  HeartbeatTable,
  JobTable,
  MessageTable,
  OrderTable,
} from "./tables.tsx";
import { Unmatched } from "./unmatched.tsx";

export const handle = { area: "operations" };

const MOST_SHOWN = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireOperator(request, context);
  const { db } = context;
  const some = { limit: MOST_SHOWN };
  const [state, refunds, owed, suspense, unmatched, ...others] = await Promise.all([
    readMarketState(db, scope),
    readTroubledRefunds(db, scope, some),
    readOwedBuyers(db, scope, some),
    readSuspense(db, scope, some),
    readUnmatched(db, scope, some),
    readOverdueOrders(db, scope, some),
    readOpenDisputes(db, scope, some),
    readLatestReconciliations(db, scope, { limit: 1 }),
    readGivenTwice(db, scope, some),
    countReported(db, scope),
    listEscalatedClaims(db, scope, some),
  ]);
  const [overdue, disputes, reconciliations, givenTwice, reported, claims] = others;
  const title = translator(context.locale, "operations")("title");
  const money = { refunds, givenTwice, owed, suspense, unmatched };
  return { title, state, ...money, overdue, disputes, reconciliations, reported, claims };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Operations() {
  const { title, state, refunds, owed, suspense, unmatched, ...others } =
    useLoaderData<typeof loader>();
  const { givenTwice, overdue, disputes, reconciliations, reported, claims } = others;
  const t = useTranslations("operations");
  const reviews = useTranslations("reviews.operations");
  const { sumFen, failedJobs, failedMessages, unprocessedEvents } = state;
  const sumOf = (rows: { count: number }[]) => rows.reduce((sum, { count }) => sum + count, 0);
  const counts = {
    claims: claims.count,
    refunds: refunds.count + givenTwice.newCount,
    owed: owed.count,
    suspense: suspense.count + unmatched.count,
    overdue: overdue.count,
    disputes: disputes.askedCount,
    reconciliation: reconciliations.runs[0]?.differenceCount ?? 0,
    events: sumOf(unprocessedEvents.filter(({ isStuck }) => isStuck)),
    jobs: sumOf(failedJobs),
    reviews: reported,
  };
  return (
    <div className="stack">
      <PageTitle>{title}</PageTitle>
      <p className="hint">{t("readOnly")}</p>
      <Overview counts={counts} />
      {sumFen !== 0 && (
        <Notice tone="red" role="alert">
          {t("unbalanced", { fen: formatFen(sumFen) })}
        </Notice>
      )}
      <div className="gap-4 md:columns-2 [&>*]:mb-4 [&>*]:break-inside-avoid">
        <Card id="claims" title={t("overview.claims")}>
          <EscalatedClaims {...claims} />
        </Card>
        <Card id="refunds" title={t("refunds.title")}>
          <Refunds {...refunds} />
        </Card>
        {givenTwice.count > 0 && (
          <Card title={t("givenTwice.title")}>
            <GivenTwice {...givenTwice} />
          </Card>
        )}
        <Card id="owed" title={t("owed.title")}>
          <Owed {...owed} />
        </Card>
        <Card id="suspense" title={t("suspense.title")}>
          <div className="stack">
            {(suspense.count > 0 || unmatched.count === 0) && <Suspense {...suspense} />}
            {unmatched.count > 0 && <Unmatched {...unmatched} />}
          </div>
        </Card>
        <Card id="overdue" title={t("overdue.title")}>
          <Overdue {...overdue} />
        </Card>
        <Card id="disputes" title={t("disputes.title")}>
          <Disputes {...disputes} />
        </Card>
        <Card id="reconciliation" title={t("reconciliation.title")}>
          <ReconciliationCard {...reconciliations} />
        </Card>
        <Card id="events" title={t("events")}>
          {unprocessedEvents.length > 0 ? (
            <>
              <p>{t(counts.events > 0 ? "eventsStuck" : "eventsUnderWay")}</p>
              <EventTable rows={unprocessedEvents} />
            </>
          ) : (
            <p>{t("noEvents")}</p>
          )}
        </Card>
        <Card id="jobs" title={t("jobs")}>
          {failedJobs.length > 0 ? <JobTable rows={failedJobs} /> : <p>{t("noJobs")}</p>}
        </Card>
        <Card id="reviews" title={reviews("reported")}>
          <p>{reported > 0 ? reviews("waits", { count: reported }) : reviews("none")}</p>
          <p>
            <ButtonLink variant="quiet" href="/operations/reviews">
              {reviews("toList")}
            </ButtonLink>
          </p>
        </Card>
        <Card id="messages" title={t("messages")}>
          <p>{t("messagesFailed", { count: sumOf(failedMessages) })}</p>
          {failedMessages.length > 0 && <MessageTable rows={failedMessages} />}
        </Card>
        <Card title={t("heartbeats")}>
          {state.heartbeats.length > 0 ? (
            <HeartbeatTable rows={state.heartbeats} />
          ) : (
            <Notice tone="persimmon">{t("noHeartbeats")}</Notice>
          )}
        </Card>
        <Card title={t("balance")}>
          {sumFen === 0 && <Notice tone="leaf">{t("balanced")}</Notice>}
          <AccountTable rows={state.accounts} />
        </Card>
        <Card title={t("orders")}>
          {state.orders.length > 0 ? <OrderTable rows={state.orders} /> : <p>{t("noOrders")}</p>}
        </Card>
      </div>
    </div>
  );
}
