import { MAX_PHOTOS } from "#app/domain/listings/offer-rules.ts";
import type { Draft } from "./draft-fields.ts";

/** The saving that a draft has before anything was saved into it. */
const JUST_BEGUN = 1;

/**
 * What a page with a draft's photos says: those it showed, those that are to be kept, in their order,
 * and of which saving it was made (null when it began the draft or does not say).
 */
export type SaidPhotos = {
  shown: readonly string[];
  wanted: readonly string[];
  version: number | null;
};

export type PhotosAfter = {
  photoIds: string[];
  /** Shown and wanted, and taken out of the draft elsewhere since: she is to be asked about them. */
  takenOut: string[];
  isTooMany: boolean;
};

/**
 * The photos of a draft after a page of them was sent. What the page did not show stays: one that is
 * sent again by "reload" knows nothing of the photos it brought the first time. What another page or
 * phone took out since this one was made is not put back unasked. At most six are kept. Pure.
 */
export function photosAfter(
  draft: Pick<Draft, "photoIds" | "version">,
  { shown, wanted, version }: SaidPhotos,
): PhotosAfter {
  const isAsSeen = draft.version === JUST_BEGUN || draft.version === version;
  const takenOut = isAsSeen
    ? []
    : wanted.filter((id) => shown.includes(id) && !draft.photoIds.includes(id));
  const stays = draft.photoIds.filter((id) => !shown.includes(id) || wanted.includes(id));
  const all = [...new Set([...stays, ...wanted.filter((id) => !takenOut.includes(id))])];
  return { photoIds: all.slice(0, MAX_PHOTOS), takenOut, isTooMany: all.length > MAX_PHOTOS };
}
