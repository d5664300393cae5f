import { z } from "zod";
import {
  type Grade,
  grades,
  type Offer,
  type Unit,
  units,
} from "#app/domain/listings/offer-rules.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { parseYuan } from "#app/ui/format.ts";

// Every text passes here: what is wrong with it is said by the rules of the domain, all at once.
const text = z.string().catch("");
const schema = z.object({
  clientKey: text,
  category: text,
  title: text,
  titleEn: text,
  grade: text,
  unit: text,
  unitGrams: text,
  price: text,
  quantity: text,
  harvestedOn: text,
  shipsFrom: text,
  presaleLimit: text,
  mostPerOrder: text,
});

export type ReadOffer = {
  values: FormValues;
  errors: FieldErrors;
  /** What could be read; a number that could not is NaN, a choice that could not the first. */
  offer: Offer & { clientKey: string; categoryCode: string; grade: Grade };
};

/** A whole number as typed, also in fullwidth digits; NaN when it is none. */
export function numberOf(typed: string): number {
  const plain = typed.normalize("NFKC").replace(/[\s,]/g, "");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

export async function readOffer(form: FormData, photoIds: string[]): Promise<ReadOffer> {
  const read = await readForm(form, schema);
  const errors: FieldErrors = read.ok ? {} : { ...read.errors };
  const typed = read.ok ? read.value : schema.parse(read.values);
  const { clientKey, category, title, titleEn } = typed;
  const grade = grades.find((one) => one === typed.grade);
  const unit = units.find((one) => one === typed.unit);
  if (category === "") errors.category ??= "choose";
  if (!grade) errors.grade ??= "choose";
  if (!unit) errors.unit ??= "choose";
  if (!/^[\w-]{16,64}$/.test(clientKey)) errors.form ??= "invalid";
  if (typed.price.trim() === "") errors.price ??= "required";
  if (typed.quantity.trim() === "") errors.quantity ??= "required";
  const knownUnit: Unit = unit ?? units[0];
  return {
    values: read.values,
    errors,
    offer: {
      clientKey,
      categoryCode: category,
      titleZh: title,
      titleEn,
      grade: grade ?? grades[0],
      unit: knownUnit,
      unitGrams: typed.unitGrams.trim() === "" ? null : numberOf(typed.unitGrams),
      priceFen: parseYuan(typed.price) ?? Number.NaN,
      quantity: numberOf(typed.quantity),
      harvestedOn: typed.harvestedOn.trim(),
      photoIds,
      shipsFrom: typed.shipsFrom.trim() || null,
      presaleLimit: typed.presaleLimit.trim() === "" ? null : numberOf(typed.presaleLimit),
      ...(form.has("mostPerOrder") && {
        mostPerOrder: typed.mostPerOrder.trim() === "" ? null : numberOf(typed.mostPerOrder),
      }),
    },
  };
}
