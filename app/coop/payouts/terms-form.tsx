import { useTranslations } from "use-intl";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice } from "#app/ui/form.tsx";

/** Up to which day and from which amount a run pays: asking shows it, and changes nothing. */
export function TermsForm(sent: { values: FormValues; errors: FieldErrors }) {
  const t = useTranslations("coop.payouts");
  const labels = { until: t("until"), minimum: t("minimum") };
  return (
    <form method="get" className="stack" action="/coop/payouts" id="terms">
      <FormNotice errors={sent.errors} labels={labels} />
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        <TextField
          {...fieldOf("until", sent)}
          type="date"
          label={labels.until}
          hint={t("untilHint")}
        />
        <TextField
          {...fieldOf("minimum", sent)}
          inputMode="decimal"
          label={labels.minimum}
          hint={t("minimumHint")}
          suffix={t("yuan")}
        />
      </div>
      <Button variant="quiet">{t("preview")}</Button>
    </form>
  );
}
