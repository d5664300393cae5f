import { useTranslations } from "use-intl";
import type { WeighInView } from "#app/domain/intake/read-weigh-ins.ts";
import { correctionReasons } from "#app/domain/intake/weigh-rule.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { Card } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";

/** The right weights and why, or that all of it does not count; what was written first stays to be read. */
export function CorrectForm(props: {
  row: WeighInView;
  clientKey: string;
  values: FormValues;
  errors: FieldErrors;
}) {
  const { row, clientKey, values, errors } = props;
  const t = useTranslations("intake.one");
  const scale = useTranslations("intake.scale");
  const begin = { gross: String(row.grossGrams / 1_000), tare: String(row.tareGrams / 1_000) };
  const sent = { values: { ...begin, ...values }, errors };
  return (
    <Card title={t("correct")}>
      <p className="text-earth">{t("correctHint")}</p>
      <form method="post" className="stack">
        <HiddenKey value={clientKey} />
        <div className="grid grid-cols-2 gap-4">
          <TextField {...fieldOf("gross", sent)} label={scale("gross")} inputMode="decimal" />
          <TextField {...fieldOf("tare", sent)} label={scale("tare")} inputMode="decimal" />
        </div>
        <SelectField
          {...fieldOf("reason", sent)}
          label={t("reason")}
          placeholder={scale("choose")}
          options={correctionReasons.map((reason) => ({
            value: reason,
            label: t(`reasons.${reason}`),
          }))}
          required
        />
        <p className="flex flex-wrap gap-3">
          <Button name="what" value="weights">
            {t("save")}
          </Button>
          {row.netGrams > 0 && (
            <Button name="what" value="takeBack" variant="danger">
              {t("takeBack")}
            </Button>
          )}
        </p>
      </form>
    </Card>
  );
}
