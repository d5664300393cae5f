import type { AppLoadContext } from "@remix-run/server-runtime";
import { offerProblems } from "#app/domain/listings/offer-rules.ts";
import { publishListing } from "#app/domain/listings/publish-listing.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { type KeptPhotos, readPhotoForm } from "./keep-photos.ts";
import { type ReadOffer, readOffer } from "./read-offer.ts";

/** A whole offer as one form sent it: what was typed, the photos that were kept, what is wrong. */
export type SentOffer = ReadOffer & { form: FormData; kept: KeptPhotos };

/**
 * Keeps the form's photos, whatever else is wrong with it, and judges every field. Null when the
 * form did not come whole.
 */
export async function readSentOffer(
  context: AppLoadContext,
  scope: HouseholdScope,
  request: Request,
): Promise<SentOffer | null> {
  const sent = await readPhotoForm(context, scope, request);
  if (!sent) return null;
  const { form, kept } = sent;
  const photoIds = kept.photos.map(({ id }) => id);
  const { values, errors: unread, offer } = await readOffer(form, photoIds);
  const { photos, ...problems } = offerProblems(offer, new Date());
  const errors: FieldErrors = { ...problems, ...unread };
  const photoError = kept.refused[0]?.reason ?? (kept.hasStrange ? "photo-not-yours" : photos);
  if (photoError) errors.photo = photoError;
  return { values, errors, offer, form, kept };
}

export type PublishedOffer =
  | { ok: true; listingId: string; isTwin: boolean }
  | { ok: false; errors: FieldErrors; hasNoAccount: boolean };

/** Publishes an offer in which nothing is wrong; what the database then refuses is said by field. */
export async function publishSentOffer(
  { db }: AppLoadContext,
  scope: HouseholdScope,
  { offer, errors }: Pick<SentOffer, "offer" | "errors">,
): Promise<PublishedOffer> {
  const refuse = (found: FieldErrors, hasNoAccount = false) =>
    ({ ok: false, errors: found, hasNoAccount }) as const;
  if (Object.keys(errors).length > 0) return refuse(errors);
  const published = await publishListing(db, scope, offer);
  if (published.ok) {
    return { ok: true, listingId: published.listingId, isTwin: published.isTwin === true };
  }
  switch (published.reason) {
    case "unknown-category":
      return refuse({ category: "choose" });
    case "photo-not-yours":
      return refuse({ photo: "photo-not-yours" });
    case "no-relief-account":
      return refuse({}, true);
    case "offer-invalid": {
      const { photos, ...problems } = published.problems;
      return refuse(photos ? { ...problems, photo: photos } : problems);
    }
  }
}

/** Where a listing that has just been made is shown. */
export const publishedPath = ({ listingId, isTwin }: { listingId: string; isTwin?: boolean }) =>
  `/farm/listings/${listingId}?done=${isTwin ? "twin" : "published"}`;
