import { useTranslations } from "use-intl";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card } from "#app/ui/layout.tsx";

/** How much of each fee is kept, and up to how much. */
export function TermsForm({
  values,
  errors,
  version,
}: {
  values: FormValues;
  errors: FieldErrors;
  /** Of the terms that the form was made of. */
  version: number | string;
}) {
  const t = useTranslations("reserve");
  const labels = { rate: t("rate"), ceiling: t("ceiling") };
  return (
    <Card title={t("terms")}>
      <FormNotice errors={errors} labels={labels} />
      <form method="post" action="/coop/reserve" className="stack" id="terms">
        <input type="hidden" name="version" value={version} />
        <TextField
          {...fieldOf("rate", { values, errors })}
          label={labels.rate}
          hint={t("rateHint")}
          suffix="%"
          inputMode="decimal"
          autoComplete="off"
          required
        />
        <TextField
          {...fieldOf("ceiling", { values, errors })}
          label={labels.ceiling}
          hint={t("ceilingHint")}
          suffix={t("yuan")}
          inputMode="decimal"
          autoComplete="off"
          required
        />
        <Button>{t("save")}</Button>
        <p className="hint">{t("saveHint")}</p>
      </form>
    </Card>
  );
}
