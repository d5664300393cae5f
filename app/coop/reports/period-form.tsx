import { useTranslations } from "use-intl";
import { daysBefore } from "#app/domain/calendar/day-rule.ts";
import type { Period } from "#app/domain/reports/period.ts";
import { Button } from "#app/ui/button.tsx";

/** Of which days a report is: the usual ones by one tap, any by their dates; it stands in the address. */
export function PeriodForm({
  path,
  by,
  period,
  today,
}: {
  path: string;
  by: string | null;
  period: Period;
  today: string;
}) {
  const t = useTranslations("reports.period");
  const usual = [
    ["last30", daysBefore(today, 29)],
    ["month", `${today.slice(0, 8)}01`],
    ["year", daysBefore(today, 364)],
  ] as const;
  const divided = by ? `&by=${by}` : "";
  return (
    <div className="no-print stack">
      <nav className="tabs" aria-label={t("title")}>
        {usual.map(([name, from]) => (
          <a
            key={name}
            href={`${path}?from=${from}&until=${today}${divided}`}
            aria-current={period.from === from && period.until === today ? "true" : undefined}
          >
            {t(name)}
          </a>
        ))}
      </nav>
      <form method="get" action={path} className="flex flex-wrap items-end gap-3">
        {by && <input type="hidden" name="by" value={by} />}
        <label className="grow basis-36">
          <span className="label">{t("from")}</span>
          <input type="date" name="from" className="input" defaultValue={period.from} />
        </label>
        <label className="grow basis-36">
          <span className="label">{t("until")}</span>
          <input type="date" name="until" className="input" defaultValue={period.until} />
        </label>
        <Button variant="quiet">{t("show")}</Button>
      </form>
    </div>
  );
}
