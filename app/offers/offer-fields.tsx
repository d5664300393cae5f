import { useTranslations } from "use-intl";
import { grades, gramsOf, units } from "#app/domain/listings/offer-rules.ts";
import type { CropGroup } from "#app/domain/listings/read-crops.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { TextField } from "#app/ui/field.tsx";
import { fenPerJin, parseYuan } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";
import { PerJin } from "#app/ui/money.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { CropChoice } from "./crop-choice.tsx";

type Props = { values: FormValues; errors: FieldErrors };

/** What it is called and how good it is. */
export function NameFields({ values, errors }: Props) {
  const t = useTranslations("farm.new");
  const words = useTranslations("words.grade");
  return (
    <>
      <TextField
        name="title"
        label={t("name")}
        hint={t("nameHint")}
        defaultValue={values.title}
        error={errors.title}
        required
      />
      <SelectField
        name="grade"
        label={t("grade")}
        options={grades.map((grade) => ({ value: grade, label: words(grade) }))}
        defaultValue={values.grade}
        error={errors.grade}
      />
    </>
  );
}

export function CropFields({
  crops,
  lastCrops,
  findAction,
  values,
  errors,
}: Props & { crops: CropGroup[]; lastCrops: string[]; findAction?: string }) {
  return (
    <Card>
      <CropChoice
        groups={crops}
        last={lastCrops}
        findAction={findAction}
        chosen={values.category}
        asked={values.cropSearch}
        error={errors.category}
      />
      <NameFields values={values} errors={errors} />
    </Card>
  );
}

/** The price of a jin of what was typed, where that can be said already. */
function TypedPerJin({ values }: { values: FormValues }) {
  const unit = units.find((one) => one === values.unit);
  const stated = /^\d{1,7}$/.test(values.unitGrams ?? "") ? Number(values.unitGrams) : null;
  const grams = unit ? gramsOf(unit, stated) : null;
  const priceFen = parseYuan(values.price ?? "");
  if (!grams || !priceFen) return null;
  return <PerJin fenPerJin={fenPerJin(priceFen, grams)} />;
}

/** − and + beside the quantity: a script counts in the page, without it the server does. */
function QuantityButtons() {
  const t = useTranslations("farmDraft.amount");
  const buttons = [
    ["less", "−1", t("less")],
    ["more", "+1", t("more")],
    ["muchMore", "+10", t("muchMore")],
  ] as const;
  return (
    <div className="flex flex-wrap gap-3">
      {buttons.map(([value, sign, label]) => (
        <button
          key={value}
          type="submit"
          name="nudge"
          value={value}
          aria-label={label}
          className="btn btn-quiet flex-1 text-xl"
        >
          {sign}
        </button>
      ))}
    </div>
  );
}

export function UnitFields({ values, errors }: Props) {
  const t = useTranslations("farm.new");
  const words = useTranslations("words.unit");
  return (
    <>
      <SelectField
        name="unit"
        label={t("unit")}
        options={units.map((unit) => ({ value: unit, label: words(unit) }))}
        defaultValue={values.unit}
        error={errors.unit}
      />
      <TextField
        name="unitGrams"
        label={t("unitGrams")}
        hint={t("unitGramsHint")}
        inputMode="numeric"
        suffix={t("grams")}
        defaultValue={values.unitGrams}
        error={errors.unitGrams}
      />
    </>
  );
}

export function PriceField({ values, errors }: Props) {
  const t = useTranslations("farm.new");
  return (
    <>
      <TextField
        name="price"
        label={t("price")}
        inputMode="decimal"
        suffix={t("yuan")}
        defaultValue={values.price}
        error={errors.price}
        required
      />
      {/* Filled by price-per-jin.js while she types; without it, once the form was sent. */}
      <output data-per-jin={t("perJin", { price: "%" })}>
        <TypedPerJin values={values} />
      </output>
    </>
  );
}

export function HarvestField({ values, errors }: Props) {
  const t = useTranslations("farm.new");
  return (
    <TextField
      name="harvestedOn"
      label={t("harvest")}
      hint={t("harvestHint")}
      type="date"
      defaultValue={values.harvestedOn}
      error={errors.harvestedOn}
      required
    />
  );
}

export function PriceFields({
  values,
  errors,
  feeBasisPoints,
  nudges,
}: Props & {
  /** Given where she is told what is hers of the price. */
  feeBasisPoints?: number;
  nudges?: boolean;
}) {
  const t = useTranslations("farm.new");
  return (
    <Card title={t("priceGroup")}>
      <UnitFields values={values} errors={errors} />
      <PriceField values={values} errors={errors} />
      {feeBasisPoints !== undefined && (
        <output
          className="block font-bold text-leaf-dark"
          data-yours={t("yours", { amount: "%" })}
          data-fee-basis-points={feeBasisPoints}
        />
      )}
      <TextField
        name="quantity"
        label={t("quantity")}
        hint={t("quantityHint")}
        inputMode="numeric"
        defaultValue={values.quantity}
        error={errors.quantity}
        required
      />
      {nudges && <QuantityButtons />}
      <HarvestField values={values} errors={errors} />
      <PresaleFields values={values} errors={errors} />
    </Card>
  );
}

/** Asked only of her who says that it is not harvested yet. */
export function PresaleFields({ values, errors }: Props) {
  const t = useTranslations("farmListing.presale");
  const isOpen = values.shipsFrom || values.presaleLimit || errors.shipsFrom || errors.presaleLimit;
  return (
    <details open={Boolean(isOpen)}>
      <summary className="min-h-11 py-2">{t("ask")}</summary>
      <div className="stack">
        <p className="hint">{t("hint")}</p>
        <TextField
          name="shipsFrom"
          label={t("shipsFrom")}
          type="date"
          defaultValue={values.shipsFrom}
          error={errors.shipsFrom}
        />
        <TextField
          name="presaleLimit"
          label={t("limit")}
          hint={t("limitHint")}
          inputMode="numeric"
          defaultValue={values.presaleLimit}
          error={errors.presaleLimit}
        />
      </div>
    </details>
  );
}

export function EnglishField({ values, errors }: Props) {
  const t = useTranslations("farm.new");
  const name = "titleEn";
  return (
    <details className="card" open={Boolean(values.titleEn || errors.titleEn)}>
      <summary className="min-h-11 py-2">{t("english")}</summary>
      <TextField
        name={name}
        label={t("english")}
        defaultValue={values[name]}
        error={errors[name]}
      />
    </details>
  );
}
