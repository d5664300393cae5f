import { useTranslations } from "use-intl";
import { WEEKDAYS } from "#app/domain/payouts/payout-day-rule.ts";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";

/** On which day of the week households may expect their money. */
export function PayoutDayForm({ weekday }: { weekday: number }) {
  const t = useTranslations("farmEarnings.payoutDay");
  return (
    <Card title={t("title")}>
      <form method="post" action="/coop/payouts/day" className="stack">
        <SelectField
          name="weekday"
          label={t("label")}
          hint={t("body")}
          options={WEEKDAYS.map((day) => ({ value: day, label: t(`day.${day}`) }))}
          defaultValue={String(weekday)}
        />
        <Button variant="quiet">{t("save")}</Button>
      </form>
    </Card>
  );
}
