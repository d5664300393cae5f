import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { grades, units } from "#app/domain/listings/offer-rules.ts";
import type { CropGroup } from "#app/domain/listings/read-crops.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { Card } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { CropChoice } from "./crop-choice.tsx";

export type Props = { values: FormValues; errors: FieldErrors };

/** Whether it is one page of a draft's four: the easy mode leaves out there what is optional. */
export type OfStep = { isStep?: boolean };

/** Put around optional fields of a step: no field is left out that holds or lacks something. */
export function Optional({
  names,
  isStep,
  form: { values, errors },
  children,
}: OfStep & { names: (keyof FormValues & keyof FieldErrors)[]; form: Props; children: ReactNode }) {
  const isUsed = names.some((name) => values[name] || errors[name]);
  return <div data-easy-hide={isStep && !isUsed ? "" : undefined}>{children}</div>;
}

/** What it is called and how good it is. A crop chosen beside it lends its name where none is given. */
export function NameFields({
  isStep,
  isWithCrop,
  ...form
}: Props & OfStep & { isWithCrop?: boolean }) {
  const t = useTranslations("farm.new");
  const words = useTranslations("words.grade");
  return (
    <>
      <Optional names={["title"]} isStep={isStep} form={form}>
        <TextField
          {...fieldOf("title", form)}
          label={t("name")}
          hint={t(isWithCrop ? "nameOrCropHint" : "nameHint")}
          required={!isWithCrop}
        />
      </Optional>
      <SelectField
        {...fieldOf("grade", form)}
        label={t("grade")}
        options={grades.map((grade) => ({ value: grade, label: words(grade) }))}
      />
    </>
  );
}

export function CropFields({
  crops,
  lastCrops,
  onBehalf,
  findAction,
  isStep,
  values,
  errors,
}: Props &
  OfStep & {
    crops: CropGroup[];
    lastCrops: string[];
    onBehalf?: boolean;
    findAction?: string;
  }) {
  return (
    <Card>
      <CropChoice
        groups={crops}
        last={lastCrops}
        onBehalf={onBehalf}
        findAction={findAction}
        chosen={values.category}
        asked={values.cropSearch}
        error={errors.category}
      />
      <NameFields values={values} errors={errors} isStep={isStep} isWithCrop />
    </Card>
  );
}

export function UnitFields(form: Props) {
  const t = useTranslations("farm.new");
  const words = useTranslations("words.unit");
  return (
    <>
      <SelectField
        {...fieldOf("unit", form)}
        label={t("unit")}
        options={units.map((unit) => ({ value: unit, label: words(unit) }))}
      />
      {/* Without price-per-jin.js it is always there, and its hint says when it counts. */}
      <div data-own-weight="">
        <TextField
          {...fieldOf("unitGrams", form)}
          label={t("unitGrams")}
          hint={t("unitGramsHint")}
          inputMode="numeric"
          suffix={t("grams")}
        />
      </div>
    </>
  );
}

export function HarvestField(form: Props) {
  const t = useTranslations("farm.new");
  return (
    <TextField
      {...fieldOf("harvestedOn", form)}
      label={t("harvest")}
      hint={t("harvestHint")}
      type="date"
      required
    />
  );
}

/** Asked only of her who says that it is not harvested yet. */
export function PresaleFields(form: Props) {
  const t = useTranslations("farmListing.presale");
  const { values, errors } = form;
  const isOpen = values.shipsFrom || values.presaleLimit || errors.shipsFrom || errors.presaleLimit;
  return (
    <details open={Boolean(isOpen)}>
      <summary className="min-h-11 py-2">{t("ask")}</summary>
      <div className="stack">
        <p className="hint">{t("hint")}</p>
        <TextField {...fieldOf("shipsFrom", form)} label={t("shipsFrom")} type="date" />
        <TextField
          {...fieldOf("presaleLimit", form)}
          label={t("limit")}
          hint={t("limitHint")}
          inputMode="numeric"
        />
      </div>
    </details>
  );
}

export function MostPerOrderField(form: Props) {
  const t = useTranslations("farmListing.presale");
  return (
    <TextField
      {...fieldOf("mostPerOrder", form)}
      label={t("mostPerOrder")}
      hint={t("mostPerOrderHint")}
      inputMode="numeric"
    />
  );
}

export function EnglishField({ isStep, ...form }: Props & OfStep) {
  const t = useTranslations("farm.new");
  const field = fieldOf("titleEn", form);
  return (
    <Optional names={["titleEn"]} isStep={isStep} form={form}>
      <details className="card" open={Boolean(field.defaultValue || field.error)}>
        <summary className="min-h-11 py-2">{t("english")}</summary>
        <TextField {...field} label={t("english")} />
      </details>
    </Optional>
  );
}
