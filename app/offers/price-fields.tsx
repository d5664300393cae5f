import { useMessages, useTranslations } from "use-intl";
import { gramsOf, units } from "#app/domain/listings/offer-rules.ts";
import { splitLine } from "#app/domain/orders/split-line.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { fenPerJin, formatFen, parseYuan } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";
import {
  HarvestField,
  type OfStep,
  Optional,
  PresaleFields,
  type Props,
  UnitFields,
} from "./offer-fields.tsx";
import { QuantityButtons } from "./quantity-buttons.tsx";

type Fee = {
  /** Of each fen of produce the cooperative keeps so many of 10,000. */
  feeBasisPoints: number;
  /** It is a manager who reads it, for a household. */
  onBehalf?: boolean;
};

/**
 * The price of a jin of what was typed, where that can be said already. It names what it is of:
 * without a script it stays when she types something else.
 */
function TypedPerJin({ values }: { values: FormValues }) {
  const t = useTranslations("farm.new");
  const words = useTranslations("words.unit");
  const unit = units.find((one) => one === values.unit);
  const stated = /^\d{1,7}$/.test(values.unitGrams ?? "") ? Number(values.unitGrams) : null;
  const grams = unit ? gramsOf(unit, stated) : null;
  const priceFen = parseYuan(values.price ?? "");
  if (!unit || !grams || !priceFen) return null;
  const price = formatFen(fenPerJin(priceFen, grams));
  return t("perJinOf", { amount: formatFen(priceFen), unit: words(unit), price });
}

/**
 * What is the household's of the price that was typed, where that can be said already; it too names
 * what it is of.
 */
function TypedYours({ values, feeBasisPoints, onBehalf }: Fee & { values: FormValues }) {
  const t = useTranslations("farm.new");
  const words = useTranslations("words.unit");
  const unit = units.find((one) => one === values.unit);
  const priceFen = parseYuan(values.price ?? "");
  if (!unit || !priceFen) return null;
  const split = splitLine({ lineFen: priceFen, feeBasisPoints, quantities: [1] });
  const amount = formatFen(split.shareFen[0] ?? 0);
  const of = { price: formatFen(priceFen), unit: words(unit), amount };
  return t(onBehalf ? "theirsOf" : "yoursOf", of);
}

export function PriceField({ feeBasisPoints, onBehalf, ...form }: Props & Fee) {
  const t = useTranslations("farm.new");
  const { unit } = useMessages().words;
  return (
    <>
      <TextField
        {...fieldOf("price", form)}
        label={t("price")}
        inputMode="decimal"
        suffix={t("yuan")}
        required
      />
      {/* Filled by price-per-jin.js while she types; without it, once the form was sent. */}
      <div data-read-group="">
        <output className="block" data-per-jin={t("perJin", { price: "%" })}>
          <TypedPerJin values={form.values} />
        </output>
        <output
          className="block font-bold text-leaf-dark"
          data-yours={t(onBehalf ? "theirs" : "yours", { unit: "{unit}", amount: "%" })}
          data-unit-words={JSON.stringify(unit)}
          data-fee-basis-points={feeBasisPoints}
        >
          <TypedYours values={form.values} feeBasisPoints={feeBasisPoints} onBehalf={onBehalf} />
        </output>
      </div>
    </>
  );
}

export function PriceFields({ feeBasisPoints, onBehalf, isStep, ...form }: Props & Fee & OfStep) {
  const t = useTranslations("farm.new");
  return (
    <Card title={t("priceGroup")}>
      <UnitFields {...form} />
      <PriceField {...form} feeBasisPoints={feeBasisPoints} onBehalf={onBehalf} />
      <TextField
        {...fieldOf("quantity", form)}
        label={t("quantity")}
        hint={t("quantityHint")}
        inputMode="numeric"
        required
      />
      <QuantityButtons isCounted={isStep} />
      <HarvestField {...form} />
      <Optional names={["shipsFrom", "presaleLimit"]} isStep={isStep} form={form}>
        <PresaleFields {...form} />
      </Optional>
    </Card>
  );
}
