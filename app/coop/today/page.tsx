import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { coopRights, requireCoop } from "#app/account/guards.ts";
import { countWaitingClaims } from "#app/domain/claims/list-claims.ts";
import { readCooperative } from "#app/domain/cooperatives/read-cooperative.ts";
import { countApplications } from "#app/domain/joining/read-applications.ts";
import { countParcels } from "#app/domain/parcels/count-parcels.ts";
import { openParcelStatuses } from "#app/domain/parcels/parcel-states.ts";
import { listRuns } from "#app/domain/payouts/list-runs.ts";
import { readOwed } from "#app/domain/payouts/owed.ts";
import type { CoopRight } from "#app/domain/people/coop-rights.ts";
import { countUnanswered } from "#app/domain/reviews/read-coop-reviews.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { StateTabs } from "../packing/state-tabs.tsx";

export const handle = { area: "coop" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, null);
  const rights = await coopRights(request, context);
  const may = (right: CoopRight) => rights.includes(right);
  const [cooperative, counts, owed, runs, unanswered, claims, applications] = await Promise.all([
    readCooperative(context.db, scope),
    may("pack") ? countParcels(context.db, scope) : null,
    may("money") ? readOwed(context.db, scope) : [],
    may("money") ? listRuns(context.db, scope, { limit: 1, status: "prepared" }) : [],
    may("sell") ? countUnanswered(context.db, scope) : 0,
    may("sell") ? countWaitingClaims(context.db, scope) : 0,
    may("people") ? countApplications(context.db, scope) : 0,
  ]);
  const due = owed.filter((row) => row.dueFen > 0);
  return {
    title: translator(context.locale, "coop")("today.title"),
    cooperative,
    rights,
    counts,
    dueFen: due.reduce((sum, row) => sum + row.dueFen, 0),
    households: new Set(due.map((row) => row.householdId)).size,
    openRun: runs[0] ?? null,
    unanswered,
    claims,
    applications,
  };
}

type Counts = Awaited<ReturnType<typeof countParcels>>;

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Today() {
  const read = useLoaderData<typeof loader>();
  const { cooperative, rights, counts, dueFen, households, openRun } = read;
  const { unanswered, claims, applications } = read;
  const t = useTranslations("coop.today");
  const onBehalf = useTranslations("consent.listings");
  const pools = useTranslations("pools");
  const claim = useTranslations("claims");
  const reviews = useTranslations("reviews.coop");
  const people = useTranslations("coop.people");
  const freight = useTranslations("freight.desk");
  const joining = useTranslations("joining.list");
  const intake = useTranslations("intake");
  const scan = useTranslations("packing.scan");
  const reports = useTranslations("reports");
  const statement = useTranslations("statement");
  const cycles = useTranslations("cycles");
  return (
    <div className="stack">
      <PageTitle>{`${pick(useLocale(), cooperative.nameZh, cooperative.nameEn)} · ${t("title")}`}</PageTitle>
      {counts && <NextParcels counts={counts} />}
      <div className="grid items-start gap-4 md:grid-cols-2">
        {rights.includes("money") && (
          <OwedCard dueFen={dueFen} households={households} openRun={openRun} />
        )}
        {counts && (
          <Card title={t("counts")}>
            <StateTabs counts={counts} />
          </Card>
        )}
        {rights.includes("pack") && (
          <WayCard title={scan("title")} href="/coop/scan" open={scan("open")}>
            {scan("card")}
          </WayCard>
        )}
        {rights.includes("pack") && (
          <WayCard title={intake("scale.title")} href="/coop/intake" open={intake("open")}>
            {intake("card")}
          </WayCard>
        )}
        {rights.includes("pack") && (
          <WayCard title={cycles("title")} href="/coop/cycles" open={cycles("open")}>
            {cycles("card")}
          </WayCard>
        )}
        {rights.includes("sell") && (
          <WayCard title={claim("title")} href="/coop/claims" open={claim("desk.toDesk")}>
            {claims > 0 ? (
              <strong className="text-red">{claim("desk.card", { count: claims })}</strong>
            ) : (
              claim("desk.cardNone")
            )}
          </WayCard>
        )}
        {rights.includes("sell") && (
          <WayCard title={intake("stock.title")} href="/coop/stock" open={intake("stock.open")}>
            {intake("stock.card")}
          </WayCard>
        )}
        {rights.includes("sell") && (
          <WayCard title={pools("title")} href="/coop/pools" open={pools("open")}>
            {pools("card")}
          </WayCard>
        )}
        {rights.includes("sell") && (
          <WayCard title={onBehalf("title")} href="/coop/listings" open={onBehalf("open")}>
            {onBehalf("card")}
          </WayCard>
        )}
        {rights.includes("sell") && (
          <WayCard title={reviews("title")} href="/coop/reviews" open={reviews("see")}>
            {reviews("open", { count: unanswered })}
          </WayCard>
        )}
        {rights.includes("sell") && (
          <WayCard title={freight("title")} href="/coop/freight" open={freight("open")}>
            {freight("card")}
          </WayCard>
        )}
        {rights.includes("money") && (
          <WayCard title={statement("title")} href="/coop/statement" open={statement("open")}>
            {statement("card")}
          </WayCard>
        )}
        <WayCard
          title={reports("title")}
          href={`/coop/reports/${rights.includes("money") ? "sales" : "packing"}`}
          open={reports("open")}
        >
          {reports("card")}
        </WayCard>
        {rights.includes("people") && (
          <WayCard title={joining("title")} href="/coop/households" open={joining("open")}>
            {applications > 0 ? joining("waiting", { count: applications }) : joining("card")}
          </WayCard>
        )}
        {rights.includes("people") && (
          <WayCard title={people("title")} href="/coop/people" open={people("open")}>
            {people("card")}
          </WayCard>
        )}
      </div>
    </div>
  );
}

/** The parcels that wait for a next step, by the step. */
function NextParcels({ counts }: { counts: Counts }) {
  const t = useTranslations("coop.today");
  const next = openParcelStatuses.filter((state) => counts[state] > 0);
  return (
    <Card title={t("next")}>
      {next.length === 0 && <p>{t("allDone")}</p>}
      <ul className="grid gap-3 md:grid-cols-2">
        {next.map((state) => (
          <li key={state} className="grid">
            <a className="card block no-underline" href={`/coop/parcels?state=${state}`}>
              <span className="block text-lg font-bold">
                {t(state, { count: counts[state] })} →
              </span>
              <span className="block text-earth">{t(`${state}Hint`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function OwedCard({
  dueFen,
  households,
  openRun,
}: {
  dueFen: number;
  households: number;
  openRun: { id: string } | null;
}) {
  const t = useTranslations("coop.today");
  return (
    <Card title={t("owed")}>
      <p className="price text-2xl">
        <Money fen={dueFen} />
      </p>
      <p className="text-earth">{t("owedHint", { count: households })}</p>
      {openRun && (
        <Notice tone="persimmon">
          <a
            className="inline-flex min-h-11 min-w-11 items-center"
            href={`/coop/payouts/${openRun.id}`}
          >
            {t("openRun")} →
          </a>
        </Notice>
      )}
      <p>
        <ButtonLink variant="quiet" href="/coop/payouts">
          {t("toPayouts")}
        </ButtonLink>
      </p>
    </Card>
  );
}

/** What the page is for, and the way to it. */
function WayCard({
  title,
  href,
  open,
  children,
}: {
  title: string;
  href: string;
  open: string;
  children: ReactNode;
}) {
  return (
    <Card title={title}>
      <p className="text-earth">{children}</p>
      <p>
        <ButtonLink variant="quiet" href={href}>
          {open}
        </ButtonLink>
      </p>
    </Card>
  );
}
