import type { AppLoadContext } from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import { closeDraft } from "#app/domain/drafts/publish-draft.ts";
import { publishListing } from "#app/domain/listings/publish-listing.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { errorsOfRefusal, type SentOffer } from "#app/offers/read-sent-offer.ts";

export type PublishedOffer =
  | { ok: true; listingId: string; isNew: boolean; isTwin: boolean }
  | { ok: false; errors: FieldErrors; hasNoAccount: boolean };

/** Publishes an offer in which nothing is wrong; what the database then refuses is said by field. */
export async function publishSentOffer(
  { db }: AppLoadContext,
  scope: HouseholdScope,
  { offer, errors }: Pick<SentOffer, "offer" | "errors">,
): Promise<PublishedOffer> {
  if (Object.keys(errors).length > 0) return { ok: false, errors, hasNoAccount: false };
  const published = await publishListing(db, scope, offer);
  if (published.ok) {
    const { listingId, isNew } = published;
    if (isUuid(offer.clientKey)) await closeDraft(db, scope, offer.clientKey, listingId);
    return { ok: true, listingId, isNew, isTwin: published.isTwin === true };
  }
  const hasNoAccount = published.reason === "no-relief-account";
  return { ok: false, errors: errorsOfRefusal(published), hasNoAccount };
}

/** Where a listing that has just been made is shown. */
export const publishedPath = ({ listingId, isTwin }: { listingId: string; isTwin?: boolean }) =>
  `/farm/listings/${listingId}?done=${isTwin ? "twin" : "published"}`;
