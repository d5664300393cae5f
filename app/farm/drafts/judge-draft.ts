import type { Draft } from "#app/domain/drafts/draft-fields.ts";
import { offerProblems } from "#app/domain/listings/offer-rules.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { type ReadOffer, readOffer } from "#app/offers/read-offer.ts";
import { STEP_FIELDS, STEPS, type Step } from "./steps.ts";

/** Reads a draft as the offer it would be, and says what is wrong with it, field by field. */
export async function judgeDraft(
  draft: Pick<Draft, "id" | "fields" | "photoIds">,
  now: Date,
): Promise<{ offer: ReadOffer["offer"]; errors: FieldErrors }> {
  const form = new FormData();
  form.set("clientKey", draft.id);
  for (const [name, text] of Object.entries(draft.fields)) form.set(name, text);
  const { offer, errors: unread } = await readOffer(form, draft.photoIds);
  const { photos, ...problems } = offerProblems(offer, now);
  const errors: FieldErrors = { ...problems, ...unread };
  if (photos) errors.photo = photos;
  return { offer, errors };
}

/** What of the errors one page can mend. */
export function errorsOf(step: Step, errors: FieldErrors): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).filter(([name]) => STEP_FIELDS[step].includes(name)),
  );
}

/** The first page that still needs something; undefined when the offer can go out. */
export function firstToMend(errors: FieldErrors): Step | undefined {
  return STEPS.find((step) => Object.keys(errorsOf(step, errors)).length > 0);
}
