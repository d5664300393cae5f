import { useTranslations } from "use-intl";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";

/** By how much all prices change; what comes of it is shown line by line before anything is changed. */
export function PriceForm({
  clientKey,
  ...sent
}: {
  clientKey: string;
  values: FormValues;
  errors: FieldErrors;
}) {
  const t = useTranslations("chosen.price");
  const labels = { way: t("way"), amount: t("amount"), unit: t("unit"), step: t("step") };
  const { values, errors } = sent;
  const options = (names: readonly ("down" | "up" | "percent" | "yuan")[]) =>
    names.map((value) => ({ value, label: t(value) }));
  const steps = (["1", "10", "100"] as const).map((value) => ({
    ...{ value, label: t(`steps.${value}`) },
  }));
  return (
    <Card>
      <form method="post" className="stack">
        <HiddenKey value={clientKey} />
        <FormNotice errors={errors} labels={labels} />
        <Choice
          name="way"
          label={labels.way}
          options={options(["up", "down"])}
          chosen={values.way}
          error={errors.way}
        />
        <TextField
          {...fieldOf("amount", sent)}
          label={labels.amount}
          hint={t("amountHint")}
          inputMode="decimal"
          autoComplete="off"
          required
        />
        <Choice
          name="unit"
          label={labels.unit}
          options={options(["percent", "yuan"])}
          chosen={values.unit ?? "percent"}
          error={errors.unit}
        />
        <SelectField
          name="step"
          label={labels.step}
          options={steps}
          defaultValue={values.step ?? "10"}
          error={errors.step}
        />
        <Button>{t("look")}</Button>
        <p className="hint">{t("lookHint")}</p>
      </form>
    </Card>
  );
}
