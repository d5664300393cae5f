import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readDay, type WeighInView } from "#app/domain/intake/read-weigh-ins.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatWeight } from "#app/i18n/unit-words.ts";
import { Button } from "#app/ui/button.tsx";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { TextField } from "#app/ui/field.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Card, EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { produceOf } from "./produce-of.ts";
import { WeighInTable } from "./weigh-in-table.tsx";

export const handle = { area: "coop", enhance: ["print-page"] };

/** The day that the address asks for (?day=2026-11-22); what is no day is today. */
function dayOf(request: Request): string {
  const day = new URL(request.url).searchParams.get("day") ?? "";
  const isDay = /^20\d\d-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
  return isDay ? day : shanghaiDay(new Date());
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const day = dayOf(request);
  const title = translator(context.locale, "intake")("days.title");
  return { title, day, rows: await readDay(context.db, scope, { day }) };
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

const sum = (rows: readonly WeighInView[]) => rows.reduce((all, row) => all + row.netGrams, 0);

/** What each household has brought of each produce, the most first. */
function sumsOf(rows: readonly WeighInView[]) {
  const keyOf = (row: WeighInView) => `${row.householdId} ${row.categoryCode} ${row.grade}`;
  return [...Map.groupBy(rows, keyOf)]
    .map(([key, same]) => ({ key, first: same[0], count: same.length, grams: sum(same) }))
    .sort((one, other) => other.grams - one.grams);
}

export default function Days() {
  const { title, day, rows } = useLoaderData<typeof loader>();
  const t = useTranslations("intake.days");
  const table = useTranslations("intake.table");
  const scale = useTranslations("intake.scale");
  const grades = useTranslations("words.grade");
  const locale = useLocale();
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/intake", label: scale("title") }}>
        {title} · {formatDate(day, locale)}
      </PageTitle>
      <form method="get" className="no-print flex flex-wrap items-end gap-3">
        <TextField name="day" type="date" label={t("day")} defaultValue={day} />
        <Button variant="quiet">{t("show")}</Button>
        <span data-print hidden>
          <Button type="button" variant="quiet">
            {t("print")}
          </Button>
        </span>
      </form>
      {rows.length === 0 && <EmptyState title={t("none")} />}
      {rows.length > 0 && (
        <>
          <p className="text-xl">
            {t("total", { count: rows.length, net: formatWeight(sum(rows), locale) })}
          </p>
          <Card title={t("sums")}>
            <DataTable
              caption={t("sums")}
              rows={sumsOf(rows)}
              rowKey={({ key }) => key}
              columns={[
                {
                  label: table("household"),
                  cell: ({ first }) => (
                    <RowLink href={`/coop/intake/${first?.id}/slip`} lang="zh-CN">
                      {first?.headName}
                    </RowLink>
                  ),
                },
                {
                  label: table("produce"),
                  cell: ({ first }) => first && produceOf(first, grades(first.grade), locale),
                },
                { label: t("times"), isNumber: true, cell: ({ count }) => count },
                {
                  label: table("net"),
                  isNumber: true,
                  cell: ({ grams }) => formatWeight(grams, locale),
                },
              ]}
            />
          </Card>
          <Card title={t("all")}>
            <WeighInTable rows={rows} />
          </Card>
        </>
      )}
    </div>
  );
}
