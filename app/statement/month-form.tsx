import { useLocale, useTranslations } from "use-intl";
import type { StatementPart } from "#app/domain/statement/parts.ts";
import { Button } from "#app/ui/button.tsx";
import { formatMonth } from "#app/ui/format.ts";
import type { Place } from "./asked.ts";

/** Which month is shown: those that have entries, newest first. */
export function MonthForm({
  place,
  part,
  month,
  months,
}: {
  place: Place;
  part: StatementPart;
  month: string;
  months: string[];
}) {
  const t = useTranslations("statement");
  const locale = useLocale();
  return (
    <form method="get" action={place.path} className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="of" value={part} />
      {place.cooperative && <input type="hidden" name="cooperative" value={place.cooperative} />}
      <label className="grow basis-36">
        <span className="label">{t("month")}</span>
        <select className="input" name="month" defaultValue={month}>
          {months.map((each) => (
            <option key={each} value={each}>
              {formatMonth(each, locale)}
            </option>
          ))}
        </select>
      </label>
      <Button variant="quiet">{t("show")}</Button>
    </form>
  );
}
