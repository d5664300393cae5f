import type { Draft, DraftFields } from "#app/domain/drafts/draft-fields.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { wholeFormOf } from "#app/offers/changed-notice.tsx";
import { numberOf } from "#app/offers/read-offer.ts";

/** What a page of a published draft says that neither the draft said nor the listing says. */
export type LateWords = { listing: OwnListing; values: FormValues; photos: PhotoView[] };

/** The same number in other figures, or with blanks, is no other answer. */
function plain(text: string | undefined): string {
  const typed = (text ?? "").normalize("NFKC").trim();
  const number = numberOf(typed);
  return Number.isNaN(number) ? typed : String(number);
}

/**
 * What came too late: the fields that say something else than the draft as it was published and
 * than the listing now, and the listing's photos as the page would have them. Null when nothing did,
 * unless a photo was refused, which is to be said. What was left empty was not typed.
 */
export function lateWords(
  draft: Pick<Draft, "fields" | "photoIds">,
  listing: OwnListing,
  sent: { fields?: DraftFields; photos?: PhotoView[]; hasRefusedPhoto?: boolean },
): LateWords | null {
  const published = [draft.fields as FormValues, wholeFormOf(listing, listing.quantityIn)];
  const isNew = ([name, text]: [string, string | undefined]) =>
    plain(text) !== "" && published.every((one) => plain(one[name]) !== plain(text));
  const values: FormValues = Object.fromEntries(Object.entries(sent.fields ?? {}).filter(isNew));
  const { photos = listing.photos } = sent;
  const known = new Set([...draft.photoIds, ...listing.photos.map(({ id }) => id)]);
  const wanted = new Set(photos.map(({ id }) => id));
  const added = photos.filter(({ id }) => !known.has(id));
  const stay = listing.photos.filter(({ id }) => wanted.has(id) || !draft.photoIds.includes(id));
  const isSame = added.length === 0 && stay.length === listing.photos.length;
  if (Object.keys(values).length === 0 && isSame && !sent.hasRefusedPhoto) return null;
  return { listing, values, photos: isSame ? listing.photos : [...stay, ...added] };
}
