import { useLocale, useTranslations } from "use-intl";
import type { RegionChoice, RegionOption } from "#app/domain/regions/choose-region.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { isOfOtherCounty } from "./region-errors.ts";

/**
 * Province, city, county, township: each list appears when the one before is chosen. The button asks for
 * the next list; a small script presses it by itself where scripts run. Should that not come, the form's
 * own button asks for what is missing.
 */
export function RegionFields({
  values,
  choice,
  errors,
  to,
}: {
  values: FormValues;
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
      <Button variant="scripted" name="step" value="region" formAction={`${to}#region`}>
        {choice.regionCode === null ? t("nextList") : t("updateRegion")}
      </Button>
      <Township values={values} choice={choice} errors={errors} />
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

/**
 * The townships of the county, by the name that the parcel's label carries; a field to write in
 * before a county is chosen and where no list is known. What she had written or pasted and the list
 * does not know stays to be chosen.
 */
function Township({
  values,
  choice,
  errors,
}: {
  values: FormValues;
  choice: RegionChoice;
  errors: FieldErrors;
}) {
  const t = useTranslations("addresses");
  const locale = useLocale();
  const township = isOfOtherCounty(values, choice) ? "" : (values.township ?? "");
  const field = {
    name: "township",
    label: t("township"),
    error: errors.township,
    defaultValue: township,
  };
  if (choice.townships.length === 0) {
    return (
      <TextField {...field} hint={t("townshipHint")} autoComplete="address-level4" maxLength={40} />
    );
  }
  const own = { value: township, label: township };
  const listed = choice.townships.map(({ nameZh, nameEn }) => ({
    value: nameZh,
    label: pick(locale, nameZh, nameEn),
  }));
  const isListed = township === "" || listed.some(({ value }) => value === township);
  return (
    <>
      <input type="hidden" name="townshipOf" value={choice.regionCode ?? ""} />
      <SelectField
        // A new list is another control: the browser shall not keep the place chosen in the old one.
        key={choice.regionCode}
        {...field}
        hint={t("townshipUnlisted")}
        placeholder={t("townshipChoose")}
        options={isListed ? listed : [own, ...listed]}
      />
    </>
  );
}
