import { useLocale, useTranslations } from "use-intl";
import type { RegionChoice, RegionOption } from "#app/domain/regions/choose-region.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { SelectField } from "#app/ui/select-field.tsx";

/**
 * Province, city, county: each list appears when the one before is chosen. The button asks for
 * the next list; a small script presses it by itself where scripts run.
 */
export function RegionFields({
  choice,
  errors,
  to,
}: {
  choice: RegionChoice;
  errors: FieldErrors;
  to: string;
}) {
  const t = useTranslations("shop.checkout");
  const levels = [
    ["province", choice.provinces, choice.province],
    ["city", choice.cities, choice.city],
    ["county", choice.counties, choice.county],
  ] as const;
  return (
    <fieldset id="region" className="stack" data-enhance="region" aria-label={t("region")}>
      {levels.map(
        ([name, options, chosen]) =>
          options.length > 0 && (
            <Level key={name} name={name} options={options} chosen={chosen} error={errors[name]} />
          ),
      )}
      <Button variant="quiet" name="step" value="region" formAction={`${to}#region`}>
        {choice.regionCode === null ? t("nextList") : t("updateRegion")}
      </Button>
    </fieldset>
  );
}

function Level(props: {
  name: "province" | "city" | "county";
  options: RegionOption[];
  chosen: string | null;
  error?: FieldErrors[string];
}) {
  const t = useTranslations("shop.checkout");
  const locale = useLocale();
  return (
    <SelectField
      name={props.name}
      label={t(props.name)}
      placeholder={t("choose")}
      defaultValue={props.chosen ?? ""}
      error={props.error}
      options={props.options.map((option) => ({
        value: option.code,
        label: pick(locale, option.nameZh, option.nameEn),
      }))}
      required
    />
  );
}
