import { MAX_QUANTITY } from "#app/domain/listings/offer-rules.ts";
import type { FormValues } from "#app/forms/read-form.ts";

/** Carries out the − and + beside the quantity for a phone without scripts. */
export function nudgeQuantity(values: FormValues, form: FormData): FormValues {
  const by = { less: -1, more: 1, muchMore: 10 }[String(form.get("nudge"))];
  if (!by) return values;
  const typed = (values.quantity ?? "").normalize("NFKC").trim();
  const now = /^\d{1,6}$/.test(typed) ? Number(typed) : 0;
  const quantity = String(Math.min(MAX_QUANTITY, Math.max(1, now + by)));
  return { ...values, quantity };
}
