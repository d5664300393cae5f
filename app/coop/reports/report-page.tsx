import { useLoaderData } from "@remix-run/react";
import { useLocale, useTranslations } from "use-intl";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { salesBy } from "#app/domain/reports/sales-by.ts";
import { pick } from "#app/i18n/locale.ts";
import { BarChart } from "#app/ui/bar-chart.tsx";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { formatDate, formatDateTime, formatFen } from "#app/ui/format.ts";
import { EmptyState, Facts, PageTitle } from "#app/ui/layout.tsx";
import { PeriodForm } from "./period-form.tsx";
import { SheetTable } from "./sheet-table.tsx";
import type { showReport } from "./show-report.ts";

/** Any report: of which days, its sums, its chart, its tables, and the same as a file or on paper. */
export function ReportPage() {
  const read = useLoaderData<typeof showReport>();
  const { name, by, period, report, cooperative, tabs } = read;
  const t = useTranslations("reports");
  const words = useTranslations("coop");
  const locale = useLocale();
  const path = `/coop/reports/${name}`;
  const days = `from=${period.from}&until=${period.until}`;
  const asked = by ? `${days}&by=${by}` : days;
  const { chart } = report;
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop", label: words("today.title") }}>
        {`${t("title")} · ${t(`tab.${name}`)}`}
      </PageTitle>
      <nav className="tabs no-print" aria-label={t("tabs")}>
        {tabs.map((tab) => (
          <a
            key={tab}
            href={`/coop/reports/${tab}?${days}`}
            aria-current={tab === name ? "page" : undefined}
          >
            {t(`tab.${tab}`)}
          </a>
        ))}
      </nav>
      {name !== "quiet" && (
        <PeriodForm
          path={path}
          by={by}
          period={period}
          today={shanghaiDay(new Date(read.printedAt))}
        />
      )}
      {by && (
        <nav className="tabs no-print" aria-label={t("by")}>
          {salesBy.map((each) => (
            <a
              key={each}
              href={`${path}?${days}&by=${each}`}
              aria-current={each === by ? "page" : undefined}
            >
              {t(`sales.${each}`)}
            </a>
          ))}
        </nav>
      )}
      {name !== "quiet" && (
        <p className="font-bold">
          {t("period.is", {
            from: formatDate(period.from, locale),
            until: formatDate(period.until, locale),
          })}
        </p>
      )}
      <p className="text-earth">{t(`note.${name}`)}</p>
      {report.isEmpty ? (
        <EmptyState title={t(name === "quiet" ? "noneQuiet" : "none")} />
      ) : (
        <>
          <Facts items={report.facts} />
          {chart && (
            <figure className="card">
              <BarChart
                {...chart}
                scaleLabel={(value) =>
                  name === "sales" ? formatFen(value).replace(/\.00$/, "") : String(value)
                }
              />
            </figure>
          )}
          {report.sheets.map((sheet) => (
            <section key={sheet.title} className="stack">
              <h2 className="text-xl">{sheet.title}</h2>
              <SheetTable sheet={sheet} />
            </section>
          ))}
          <p className="no-print flex flex-wrap gap-3">
            <ButtonLink variant="quiet" href={`${path}/csv?${asked}`} download>
              {t("csv")}
            </ButtonLink>
            <ButtonLink variant="quiet" href={`${path}/xlsx?${asked}`} download>
              {t("xlsx")}
            </ButtonLink>
            <span data-print hidden>
              <Button type="button" variant="quiet">
                {t("print")}
              </Button>
            </span>
          </p>
          <p className="text-sm text-earth">
            {t("printed", {
              coop: pick(locale, cooperative.nameZh, cooperative.nameEn),
              time: formatDateTime(read.printedAt, locale),
            })}
          </p>
        </>
      )}
    </div>
  );
}
