import { useLocale, useTranslations } from "use-intl";
import type { Village } from "#app/domain/cycles/read-villages.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { clocks, placeNames } from "./cycle-names.ts";

type Props = { village: Village; sent: { values: FormValues; errors: FieldErrors } };

const optionsOf = (of: readonly string[]) => of.map((value) => ({ value, label: value }));

/** Where one village brings what it sold, and in which hours. */
export function VillageFields({ village, sent }: Props) {
  const t = useTranslations("cycles.form");
  const names = placeNames(village.key);
  const name = pick(useLocale(), village.villageZh, village.villageEn);
  return (
    <fieldset className="min-w-0 rounded-xl border border-line p-4 pt-2">
      <legend className="px-1 font-bold">
        {t("village", { name, count: village.households })}
      </legend>
      <div className="grid grid-cols-1 items-start gap-x-4 gap-y-3 md:grid-cols-[2fr_1fr_1fr_1.2fr]">
        <TextField
          {...fieldOf(names.place, sent)}
          label={t("place")}
          maxLength={60}
          autoComplete="off"
        />
        <SelectField
          {...fieldOf(names.from, sent)}
          label={t("from")}
          options={optionsOf(clocks(sent.values[names.from]))}
        />
        <SelectField
          {...fieldOf(names.until, sent)}
          label={t("until")}
          options={optionsOf([...clocks(), "24:00"].slice(1))}
        />
        <TextField {...fieldOf(names.day, sent)} label={t("day")} type="date" />
      </div>
    </fieldset>
  );
}
