import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { readCooperative } from "#app/domain/cooperatives/read-cooperative.ts";
import { countParcels } from "#app/domain/parcels/count-parcels.ts";
import { openParcelStatuses } from "#app/domain/parcels/parcel-states.ts";
import { listRuns } from "#app/domain/payouts/list-runs.ts";
import { readOwed } from "#app/domain/payouts/owed.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { StateTabs } from "../packing/state-tabs.tsx";

export const handle = { area: "coop" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context);
  const [cooperative, counts, owed, runs] = await Promise.all([
    readCooperative(context.db, scope),
    countParcels(context.db, scope),
    readOwed(context.db, scope),
    listRuns(context.db, scope, { limit: 1, status: "prepared" }),
  ]);
  const due = owed.filter((row) => row.dueFen > 0);
  return {
    title: translator(context.locale, "coop")("today.title"),
    cooperative,
    counts,
    dueFen: due.reduce((sum, row) => sum + row.dueFen, 0),
    households: new Set(due.map((row) => row.householdId)).size,
    openRun: runs[0] ?? null,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Today() {
  const { cooperative, counts, dueFen, households, openRun } = useLoaderData<typeof loader>();
  const t = useTranslations("coop.today");
  const onBehalf = useTranslations("consent.listings");
  const next = openParcelStatuses.filter((state) => counts[state] > 0);
  return (
    <div className="stack">
      <PageTitle>{`${pick(useLocale(), cooperative.nameZh, cooperative.nameEn)} · ${t("title")}`}</PageTitle>
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
      <div className="grid items-start gap-4 md:grid-cols-2">
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
        <Card title={t("counts")}>
          <StateTabs counts={counts} />
        </Card>
        <Card title={onBehalf("title")}>
          <p className="text-earth">{onBehalf("card")}</p>
          <p>
            <ButtonLink variant="quiet" href="/coop/listings">
              {onBehalf("open")}
            </ButtonLink>
          </p>
        </Card>
      </div>
    </div>
  );
}
