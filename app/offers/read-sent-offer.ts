import type { AppLoadContext } from "@remix-run/server-runtime";
import { offerProblems } from "#app/domain/listings/offer-rules.ts";
import type { Published } from "#app/domain/listings/publish-listing.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { KeptPhotos } from "#app/forms/keep-photos.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { readPhotoForm } from "./keep-photos.ts";
import { nameByCrop } from "./name-by-crop.ts";
import { type ReadOffer, readOffer } from "./read-offer.ts";

/** A whole offer as one form sent it: what was typed, the photos that were kept, what is wrong. */
export type SentOffer = ReadOffer & { form: FormData; kept: KeptPhotos };

/**
 * Keeps the form's photos, whatever else is wrong with it, and judges every field; the crop lends
 * its name where none was typed. Null when the form did not come whole.
 */
export async function readSentOffer(
  context: AppLoadContext,
  scope: SellerScope,
  request: Request,
): Promise<SentOffer | null> {
  const sent = await readPhotoForm(context, scope, request);
  if (!sent) return null;
  const { form, kept } = sent;
  const photoIds = kept.photos.map(({ id }) => id);
  const { values, errors: unread, offer } = await readOffer(form, photoIds);
  const { titleZh: title, titleEn, categoryCode: category } = offer;
  const named = await nameByCrop(context.db, { title, titleEn, category });
  Object.assign(offer, { titleZh: named.title, titleEn: named.titleEn });
  const { photos, ...problems } = offerProblems(offer, new Date());
  const errors: FieldErrors = { ...problems, ...unread };
  const photoError = kept.error ?? photos;
  if (photoError) errors.photo = photoError;
  return { values, errors, offer, form, kept };
}

/** Says by field what the database refused of an offer in which nothing else was wrong. */
export function errorsOfRefusal(refused: Extract<Published, { ok: false }>): FieldErrors {
  switch (refused.reason) {
    case "unknown-category":
      return { category: "choose" };
    case "photo-not-yours":
      return { photo: "photo-not-yours" };
    case "no-relief-account":
      return {};
    case "offer-invalid": {
      const { photos, ...problems } = refused.problems;
      return photos ? { ...problems, photo: photos } : problems;
    }
  }
}
